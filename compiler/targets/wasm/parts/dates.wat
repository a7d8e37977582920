;; The calendar: days and microseconds since 1970, proleptic Gregorian, years 1 to 9999.
;; The conversions follow Howard Hinnant, "chrono-compatible low-level date algorithms".

;; Year, month and day of a number of days.
(func $civil (param $days i32) (result i32 i32 i32)
  (local $era i32) (local $doe i32) (local $yoe i32) (local $doy i32) (local $mp i32) (local $month i32)
  (local.set $days (i32.add (local.get $days) (i32.const 719468)))
  (local.set $era (i32.div_u (local.get $days) (i32.const 146097)))
  (local.set $doe (i32.rem_u (local.get $days) (i32.const 146097)))
  (local.set $yoe
    (i32.div_u
      (i32.sub
        (i32.add
          (i32.sub (local.get $doe) (i32.div_u (local.get $doe) (i32.const 1460)))
          (i32.div_u (local.get $doe) (i32.const 36524)))
        (i32.div_u (local.get $doe) (i32.const 146096)))
      (i32.const 365)))
  (local.set $doy
    (i32.sub
      (local.get $doe)
      (i32.sub
        (i32.add (i32.mul (local.get $yoe) (i32.const 365)) (i32.div_u (local.get $yoe) (i32.const 4)))
        (i32.div_u (local.get $yoe) (i32.const 100)))))
  (local.set $mp (i32.div_u (i32.add (i32.mul (local.get $doy) (i32.const 5)) (i32.const 2)) (i32.const 153)))
  (local.set $month
    (i32.add (local.get $mp) (select (i32.const 3) (i32.const -9) (i32.lt_u (local.get $mp) (i32.const 10)))))
  (i32.add
    (i32.add (local.get $yoe) (i32.mul (local.get $era) (i32.const 400)))
    (i32.le_u (local.get $month) (i32.const 2)))
  (local.get $month)
  (i32.add
    (i32.sub
      (local.get $doy)
      (i32.div_u (i32.add (i32.mul (local.get $mp) (i32.const 153)) (i32.const 2)) (i32.const 5)))
    (i32.const 1)))

;; The number of days of a year, month and day.
(func $days_of (param $year i32) (param $month i32) (param $day i32) (result i32)
  (local $era i32) (local $doy i32)
  (local.set $year (i32.sub (local.get $year) (i32.le_u (local.get $month) (i32.const 2))))
  (local.set $era (i32.div_u (local.get $year) (i32.const 400)))
  (local.set $year (i32.rem_u (local.get $year) (i32.const 400)))
  (local.set $doy
    (i32.sub
      (i32.add
        (i32.div_u
          (i32.add
            (i32.mul
              (i32.add
                (local.get $month)
                (select (i32.const -3) (i32.const 9) (i32.gt_u (local.get $month) (i32.const 2))))
              (i32.const 153))
            (i32.const 2))
          (i32.const 5))
        (local.get $day))
      (i32.const 1)))
  (i32.sub
    (i32.add
      (i32.mul (local.get $era) (i32.const 146097))
      (i32.add
        (i32.sub
          (i32.add (i32.mul (local.get $year) (i32.const 365)) (i32.div_u (local.get $year) (i32.const 4)))
          (i32.div_u (local.get $year) (i32.const 100)))
        (local.get $doy)))
    (i32.const 719468)))

(func $year_of (param $days i32) (result i64)
  (call $civil (local.get $days))
  (drop)
  (drop)
  (i64.extend_i32_u))

(func $month_of (param $days i32) (result i64)
  (local $month i32)
  (call $civil (local.get $days))
  (drop)
  (local.set $month)
  (drop)
  (i64.extend_i32_u (local.get $month)))

(func $day_of (param $days i32) (result i64)
  (local $day i32)
  (call $civil (local.get $days))
  (local.set $day)
  (drop)
  (drop)
  (i64.extend_i32_u (local.get $day)))

;; 1 is Monday. The day 719162 days before 1970, 1 January of year 1, was a Monday.
(func $weekday_of (param $days i32) (result i64)
  (i64.extend_i32_u
    (i32.add (i32.rem_u (i32.add (local.get $days) (i32.const 719162)) (i32.const 7)) (i32.const 1))))

(func $add_days (param $date i32) (param $days i64) (result i32)
  (if (i64.gt_u (i64.add (local.get $days) (i64.const 4000000)) (i64.const 8000000))
    (then
      (global.set $fault (i32.const 3))
      (return (i32.const 0))))
  (local.set $date (i32.add (local.get $date) (i32.wrap_i64 (local.get $days))))
  (if (i32.gt_u (i32.add (local.get $date) (i32.const 719162)) (i32.const 3652058))
    (then (global.set $fault (i32.const 3))))
  (local.get $date))

;; The day is cut to the last one of the month.
(func $add_months (param $date i32) (param $months i64) (result i32)
  (local $year i32) (local $month i32) (local $day i32) (local $last i32)
  (if (i64.gt_u (i64.add (local.get $months) (i64.const 120000)) (i64.const 240000))
    (then
      (global.set $fault (i32.const 3))
      (return (i32.const 0))))
  (call $civil (local.get $date))
  (local.set $day)
  (local.set $month)
  (local.set $year)
  ;; Months since year 1; before it there are none.
  (local.set $month
    (i32.add
      (i32.add (i32.mul (i32.sub (local.get $year) (i32.const 1)) (i32.const 12)) (i32.sub (local.get $month) (i32.const 1)))
      (i32.wrap_i64 (local.get $months))))
  (if (i32.gt_u (local.get $month) (i32.const 119987))
    (then
      (global.set $fault (i32.const 3))
      (return (i32.const 0))))
  (local.set $year (i32.add (i32.div_u (local.get $month) (i32.const 12)) (i32.const 1)))
  (local.set $month (i32.add (i32.rem_u (local.get $month) (i32.const 12)) (i32.const 1)))
  ;; The last day is the one before the first of the next month.
  (local.set $last
    (if (result i32) (i32.eq (local.get $month) (i32.const 12))
      (then (i32.const 31))
      (else
        (i32.sub
          (call $days_of (local.get $year) (i32.add (local.get $month) (i32.const 1)) (i32.const 1))
          (call $days_of (local.get $year) (local.get $month) (i32.const 1))))))
  (call $days_of (local.get $year) (local.get $month)
    (select (local.get $day) (local.get $last) (i32.lt_u (local.get $day) (local.get $last)))))

;; The day of a moment, rounded down.
(func $moment_days (param $moment i64) (result i32)
  (i32.wrap_i64
    (i64.sub
      (i64.div_u (i64.add (local.get $moment) (i64.const 62135596800000000)) (i64.const 86400000000))
      (i64.const 719162))))

;; The microseconds of a moment since the start of its day.
(func $moment_rest (param $moment i64) (result i64)
  (i64.rem_u (i64.add (local.get $moment) (i64.const 62135596800000000)) (i64.const 86400000000)))

(func $moment_add_months (param $moment i64) (param $months i64) (result i64)
  (i64.add
    (i64.mul
      (i64.extend_i32_s (call $add_months (call $moment_days (local.get $moment)) (local.get $months)))
      (i64.const 86400000000))
    (call $moment_rest (local.get $moment))))

(func $moment_add_seconds (param $moment i64) (param $c i64) (param $e i32) (result i64)
  (call $decimal_round_places (local.get $c) (local.get $e) (i32.const 6) (i32.const 0))
  (i32.add (i32.const 6))
  (call $decimal_to_whole)
  (local.set $c)
  (local.set $moment (i64.add (local.get $moment) (local.get $c)))
  (if (i64.gt_u (i64.add (local.get $moment) (i64.const 62135596800000000)) (i64.const 315537897599999999))
    (then (global.set $fault (i32.const 3))))
  (local.get $moment))

;; Microseconds as a decimal number of seconds.
(func $seconds_of (param $microseconds i64) (result i64 i32)
  (call $decimal_strip (local.get $microseconds) (i32.const -6) (i32.const 0)))
