;; Values as people write them: the same bytes as compiler/values/show.py.

;; A number: sign, $before, digits with commas, and $one for exactly 1 or -1, else $many. $shift multiplies by a power
;; of ten; a fraction has at least $least decimals.
(func $show_number (param $c i64) (param $e i32) (param $shift i32) (param $least i32)
  (param $before i32) (param $before_bytes i32) (param $one i32) (param $one_bytes i32)
  (param $many i32) (param $many_bytes i32) (result i32 i32)
  (local $made i32) (local $to i32) (local $n i32) (local $point i32) (local $index i32)
  (call $decimal_strip (local.get $c) (local.get $e) (i32.const 1000))
  (local.set $e)
  (local.set $c)
  (if (i64.eqz (local.get $c)) (then (local.set $e (i32.const 0))))
  (if (i32.and
      (i32.eqz (local.get $e)) (i64.eq (call $magnitude (local.get $c)) (i64.const 1)))
    (then
      (local.set $many (local.get $one))
      (local.set $many_bytes (local.get $one_bytes))))
  (if (i64.ne (local.get $c) (i64.const 0))
    (then (local.set $e (i32.add (local.get $e) (local.get $shift)))))
  ;; 384 digits before the point with commas, or 402 after it.
  (local.set $made
    (call $make (i32.add (i32.const 600) (i32.add (local.get $before_bytes) (local.get $many_bytes)))))
  (if (global.get $fault) (then (return (i32.const 0) (i32.const 0))))
  (local.set $to (local.get $made))
  (if (i64.lt_s (local.get $c) (i64.const 0))
    (then (local.set $to (call $append (local.get $to) (i32.const @sign_minus) (i32.const 1)))))
  (local.set $c (call $magnitude (local.get $c)))
  (local.set $n (call $digits (local.get $c)))
  (local.set $to (call $append (local.get $to) (local.get $before) (local.get $before_bytes)))
  (local.set $point (i32.add (local.get $n) (local.get $e)))
  (if (i32.le_s (local.get $point) (i32.const 0))
    (then (local.set $to (call $put (local.get $to) (i32.const 48))))
    (else
      (loop $whole
        (local.set $to
          (call $put (local.get $to) (call $digit_at (local.get $c) (local.get $n) (local.get $index))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (if (i32.lt_s (local.get $index) (local.get $point))
          (then
            (if (i32.eqz (i32.rem_u (i32.sub (local.get $point) (local.get $index)) (i32.const 3)))
              (then (local.set $to (call $put (local.get $to) (i32.const 44)))))
            (br $whole))))))
  (if (i32.lt_s (local.get $point) (local.get $n))
    (then
      (local.set $to (call $put (local.get $to) (i32.const 46)))
      (local.set $index (local.get $point))
      (loop $fraction
        (local.set $to
          (call $put (local.get $to) (call $digit_at (local.get $c) (local.get $n) (local.get $index))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br_if $fraction
          (i32.or
            (i32.lt_s (local.get $index) (local.get $n))
            (i32.lt_s (i32.sub (local.get $index) (local.get $point)) (local.get $least)))))))
  (local.set $to (call $append (local.get $to) (local.get $many) (local.get $many_bytes)))
  (call $made_text (local.get $made) (local.get $to)))

;; The text from $made to $to; gives back the memory after it.
(func $made_text (param $made i32) (param $to i32) (result i32 i32)
  (global.set $free (i32.and (i32.add (local.get $to) (i32.const 7)) (i32.const -8)))
  (local.get $made)
  (i32.sub (local.get $to) (local.get $made)))

(func $put (param $to i32) (param $byte i32) (result i32)
  (i32.store8 (local.get $to) (local.get $byte))
  (i32.add (local.get $to) (i32.const 1)))

;; The character of one digit, counted from the first of $n; "0" before and after them.
(func $digit_at (param $c i64) (param $n i32) (param $index i32) (result i32)
  (if (i32.ge_u (local.get $index) (local.get $n)) (then (return (i32.const 48))))
  (i32.add
    (i32.const 48)
    (i32.wrap_i64
      (i64.rem_u
        (i64.div_u
          (local.get $c) (call $power_of_ten (i32.sub (i32.sub (local.get $n) (i32.const 1)) (local.get $index))))
        (i64.const 10)))))

(func $show_yes_no (param $x i32) (result i32 i32)
  (select (i32.const @word_yes) (i32.const @word_no) (local.get $x))
  (select (i32.const 3) (i32.const 2) (local.get $x)))

;; A duration in the largest unit in which it is whole. Its table has, for each unit, the seconds in it (i64), and the
;; offset and length of its singular and plural.
(func $show_duration (param $c i64) (param $e i32) (result i32 i32)
  (local $unit i32) (local $x i64)
  (call $decimal_strip (local.get $c) (local.get $e) (i32.const 1000))
  (local.set $e)
  (local.set $c)
  (local.set $unit (i32.const 96))
  (if (i32.and
      (i32.and (i64.ne (local.get $c) (i64.const 0)) (i32.ge_s (local.get $e) (i32.const 0)))
      (i32.le_s (i32.add (call $digits (call $magnitude (local.get $c))) (local.get $e)) (i32.const 18)))
    (then
      (local.set $x (call $decimal_to_whole (local.get $c) (local.get $e)))
      (local.set $unit (i32.const 0))
      (block $whole
        (loop $next
          (br_if $whole
            (i64.eqz
              (i64.rem_s (local.get $x) (i64.load (i32.add (i32.const @duration_units) (local.get $unit))))))
          (local.set $unit (i32.add (local.get $unit) (i32.const 24)))
          (br $next)))
      (local.set $c
        (i64.div_s (local.get $x) (i64.load (i32.add (i32.const @duration_units) (local.get $unit)))))
      (local.set $e (i32.const 0))))
  (local.set $unit (i32.add (i32.const @duration_units) (local.get $unit)))
  (call $show_number
    (local.get $c) (local.get $e) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.add (i32.const @duration_words) (i32.load offset=8 (local.get $unit)))
    (i32.load offset=12 (local.get $unit))
    (i32.add (i32.const @duration_words) (i32.load offset=16 (local.get $unit)))
    (i32.load offset=20 (local.get $unit))))

;; A small number with at least so many digits.
(func $put_number (param $to i32) (param $x i32) (param $least i32) (result i32)
  (local $n i32)
  (local.set $n (call $digits (i64.extend_i32_u (local.get $x))))
  (if (i32.lt_u (local.get $n) (local.get $least)) (then (local.set $n (local.get $least))))
  (loop $next
    (local.set $n (i32.sub (local.get $n) (i32.const 1)))
    (local.set $to
      (call $put (local.get $to)
        (i32.add
          (i32.const 48)
          (i32.rem_u
            (i32.div_u (local.get $x) (i32.wrap_i64 (call $power_of_ten (local.get $n)))) (i32.const 10)))))
    (br_if $next (local.get $n)))
  (local.get $to))

;; "1 March 2026". Month names are in 12 bytes each: a length, then the letters.
(func $put_date (param $to i32) (param $days i32) (result i32)
  (local $year i32) (local $month i32) (local $day i32)
  (call $civil (local.get $days))
  (local.set $day)
  (local.set $month)
  (local.set $year)
  (local.set $to (call $put (call $put_number (local.get $to) (local.get $day) (i32.const 1)) (i32.const 32)))
  (local.set $month
    (i32.add (i32.const @month_names) (i32.mul (i32.sub (local.get $month) (i32.const 1)) (i32.const 12))))
  (local.set $to
    (call $append (local.get $to)
      (i32.add (local.get $month) (i32.const 1)) (i32.load8_u (local.get $month))))
  (call $put_number (call $put (local.get $to) (i32.const 32)) (local.get $year) (i32.const 4)))

;; "9:00", "9:00:05" or "9:00:05.25".
(func $put_time (param $to i32) (param $seconds i32) (param $microseconds i32) (result i32)
  (local $least i32)
  (local.set $to
    (call $put
      (call $put_number (local.get $to) (i32.div_u (local.get $seconds) (i32.const 3600)) (i32.const 1))
      (i32.const 58)))
  (local.set $to
    (call $put_number (local.get $to)
      (i32.rem_u (i32.div_u (local.get $seconds) (i32.const 60)) (i32.const 60)) (i32.const 2)))
  (local.set $seconds (i32.rem_u (local.get $seconds) (i32.const 60)))
  (if (i32.or (local.get $seconds) (local.get $microseconds))
    (then
      (local.set $to
        (call $put_number (call $put (local.get $to) (i32.const 58)) (local.get $seconds) (i32.const 2)))))
  (if (local.get $microseconds)
    (then
      (local.set $least (i32.const 6))
      (block $bare
        (loop $strip
          (br_if $bare (i32.rem_u (local.get $microseconds) (i32.const 10)))
          (local.set $microseconds (i32.div_u (local.get $microseconds) (i32.const 10)))
          (local.set $least (i32.sub (local.get $least) (i32.const 1)))
          (br $strip)))
      (local.set $to
        (call $put_number (call $put (local.get $to) (i32.const 46)) (local.get $microseconds) (local.get $least)))))
  (local.get $to))

(func $show_date (param $days i32) (result i32 i32)
  (local $made i32)
  (local.set $made (call $make (i32.const 64)))
  (if (global.get $fault) (then (return (i32.const 0) (i32.const 0))))
  (call $made_text (local.get $made) (call $put_date (local.get $made) (local.get $days))))

(func $show_time (param $seconds i32) (result i32 i32)
  (local $made i32)
  (local.set $made (call $make (i32.const 64)))
  (if (global.get $fault) (then (return (i32.const 0) (i32.const 0))))
  (call $made_text (local.get $made) (call $put_time (local.get $made) (local.get $seconds) (i32.const 0))))

(func $show_moment (param $moment i64) (result i32 i32)
  (local $made i32) (local $to i32) (local $rest i64)
  (local.set $made (call $make (i32.const 64)))
  (if (global.get $fault) (then (return (i32.const 0) (i32.const 0))))
  (local.set $to (call $put_date (local.get $made) (call $moment_days (local.get $moment))))
  (local.set $rest (call $moment_rest (local.get $moment)))
  (local.set $to
    (call $put_time
      (call $put (local.get $to) (i32.const 32))
      (i32.wrap_i64 (i64.div_u (local.get $rest) (i64.const 1000000)))
      (i32.wrap_i64 (i64.rem_u (local.get $rest) (i64.const 1000000)))))
  (call $made_text (local.get $made) (call $append (local.get $to) (i32.const @word_utc) (i32.const 4))))

;; An option of a choice. Its table has the length and the offset from the table of each option.
(func $show_choice (param $option i32) (param $table i32) (result i32 i32)
  (local.set $option (i32.add (local.get $table) (i32.shl (local.get $option) (i32.const 3))))
  (i32.add (local.get $table) (i32.load (local.get $option)))
  (i32.load offset=4 (local.get $option)))
