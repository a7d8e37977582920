;; Texts: an address and a number of bytes of UTF-8. They are never changed, so they may share bytes.

(func $text_equal (param $p i32) (param $n i32) (param $q i32) (param $m i32) (result i32)
  (if (i32.ne (local.get $n) (local.get $m)) (then (return (i32.const 0))))
  (i32.eqz (call $text_compare (local.get $p) (local.get $n) (local.get $q) (local.get $m))))

;; Below 0, 0 or above 0. The order of UTF-8 bytes is the order of code points.
(func $text_compare (param $p i32) (param $n i32) (param $q i32) (param $m i32) (result i32)
  (local $end i32) (local $order i32)
  (local.set $end
    (i32.add
      (local.get $p)
      (select (local.get $n) (local.get $m) (i32.lt_u (local.get $n) (local.get $m)))))
  (block $differ
    (loop $next
      (br_if $differ (i32.ge_u (local.get $p) (local.get $end)))
      (local.set $order (i32.sub (i32.load8_u (local.get $p)) (i32.load8_u (local.get $q))))
      (if (local.get $order) (then (return (local.get $order))))
      (local.set $p (i32.add (local.get $p) (i32.const 1)))
      (local.set $q (i32.add (local.get $q) (i32.const 1)))
      (br $next)))
  (i32.sub (local.get $n) (local.get $m)))

;; The number of code points: bytes that do not continue a character.
(func $text_length (param $p i32) (param $n i32) (result i64)
  (local $end i32) (local $count i64)
  (local.set $end (i32.add (local.get $p) (local.get $n)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
      (local.set $count
        (i64.add
          (local.get $count)
          (i64.extend_i32_u (i32.ne (i32.and (i32.load8_u (local.get $p)) (i32.const 0xc0)) (i32.const 0x80)))))
      (local.set $p (i32.add (local.get $p) (i32.const 1)))
      (br $next)))
  (local.get $count))

(func $text_starts_with (param $p i32) (param $n i32) (param $q i32) (param $m i32) (result i32)
  (if (i32.lt_u (local.get $n) (local.get $m)) (then (return (i32.const 0))))
  (call $text_equal (local.get $p) (local.get $m) (local.get $q) (local.get $m)))

(func $text_ends_with (param $p i32) (param $n i32) (param $q i32) (param $m i32) (result i32)
  (if (i32.lt_u (local.get $n) (local.get $m)) (then (return (i32.const 0))))
  (call $text_equal
    (i32.sub (i32.add (local.get $p) (local.get $n)) (local.get $m)) (local.get $m)
    (local.get $q) (local.get $m)))

;; Whether $q is in $p, by the two-way search of Crochemore and Perrin (1991): linear time whatever the texts, and no
;; memory. $q is cut before $cut into a part that is compared from its beginning and one that is compared backwards.
(func $text_contains (param $p i32) (param $n i32) (param $q i32) (param $m i32) (result i32)
  (local $last i32) (local $cut i32) (local $period i32) (local $other i32) (local $other_period i32)
  (local $repeats i32) (local $known i32) (local $i i32)
  (if (i32.eqz (local.get $m)) (then (return (i32.const 1))))
  (if (i32.lt_u (local.get $n) (local.get $m)) (then (return (i32.const 0))))
  (local.set $last (i32.sub (i32.add (local.get $p) (local.get $n)) (local.get $m)))
  (call $largest_suffix (local.get $q) (local.get $m) (i32.const 0))
  (local.set $period)
  (local.set $cut)
  (call $largest_suffix (local.get $q) (local.get $m) (i32.const 1))
  (local.set $other_period)
  (local.set $other)
  (if (i32.gt_u (local.get $other) (local.get $cut))
    (then
      (local.set $cut (local.get $other))
      (local.set $period (local.get $other_period))))
  (local.set $repeats
    (call $text_equal
      (local.get $q) (local.get $cut) (i32.add (local.get $q) (local.get $period)) (local.get $cut)))
  (if (i32.eqz (local.get $repeats))
    (then
      (local.set $other (i32.sub (local.get $m) (local.get $cut)))
      (local.set $period
        (i32.add
          (select (local.get $cut) (local.get $other) (i32.gt_u (local.get $cut) (local.get $other)))
          (i32.const 1)))))
  ;; $p is where $q might be; its first $known bytes are known to be there.
  (loop $next
    (if (i32.gt_u (local.get $p) (local.get $last)) (then (return (i32.const 0))))
    (local.set $i
      (select (local.get $cut) (local.get $known) (i32.gt_u (local.get $cut) (local.get $known))))
    (block $differs
      (loop $forward
        (if (i32.lt_u (local.get $i) (local.get $m))
          (then
            (br_if $differs
              (i32.ne
                (i32.load8_u (i32.add (local.get $q) (local.get $i)))
                (i32.load8_u (i32.add (local.get $p) (local.get $i)))))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $forward))))
      (local.set $i (local.get $cut))
      (block $differs_before
        (loop $backward
          (if (i32.gt_u (local.get $i) (local.get $known))
            (then
              (local.set $i (i32.sub (local.get $i) (i32.const 1)))
              (br_if $differs_before
                (i32.ne
                  (i32.load8_u (i32.add (local.get $q) (local.get $i)))
                  (i32.load8_u (i32.add (local.get $p) (local.get $i)))))
              (br $backward))))
        (return (i32.const 1)))
      (local.set $p (i32.add (local.get $p) (local.get $period)))
      (if (local.get $repeats) (then (local.set $known (i32.sub (local.get $m) (local.get $period)))))
      (br $next))
    (local.set $p (i32.add (local.get $p) (i32.add (i32.sub (local.get $i) (local.get $cut)) (i32.const 1))))
    (local.set $known (i32.const 0))
    (br $next))
  (unreachable))

;; Where the suffix of a text that comes last in the order of bytes (or in the opposite order) begins, and its period.
(func $largest_suffix (param $q i32) (param $m i32) (param $opposite i32) (result i32 i32)
  (local $start i32) (local $rival i32) (local $k i32) (local $period i32) (local $order i32)
  (local.set $rival (i32.const 1))
  (local.set $period (i32.const 1))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (i32.add (local.get $rival) (local.get $k)) (local.get $m)))
      (local.set $order
        (i32.sub
          (i32.load8_u (i32.add (local.get $q) (i32.add (local.get $rival) (local.get $k))))
          (i32.load8_u (i32.add (local.get $q) (i32.add (local.get $start) (local.get $k))))))
      (if (local.get $opposite) (then (local.set $order (i32.sub (i32.const 0) (local.get $order)))))
      (if (i32.eqz (local.get $order))
        (then
          (local.set $k (i32.add (local.get $k) (i32.const 1)))
          (if (i32.eq (local.get $k) (local.get $period))
            (then
              (local.set $rival (i32.add (local.get $rival) (local.get $period)))
              (local.set $k (i32.const 0)))))
        (else
          (if (i32.lt_s (local.get $order) (i32.const 0))
            (then
              (local.set $rival (i32.add (i32.add (local.get $rival) (local.get $k)) (i32.const 1)))
              (local.set $period (i32.sub (local.get $rival) (local.get $start))))
            (else
              (local.set $start (local.get $rival))
              (local.set $rival (i32.add (local.get $rival) (i32.const 1)))
              (local.set $period (i32.const 1))))
          (local.set $k (i32.const 0))))
      (br $next)))
  (local.get $start)
  (local.get $period))

;; The bytes of $count texts, whose addresses and lengths follow one another from $texts on.
(func $texts_bytes (param $texts i32) (param $count i32) (result i32)
  (local $total i64)
  (block $done
    (loop $next
      (br_if $done (i32.eqz (local.get $count)))
      (local.set $total (i64.add (local.get $total) (i64.load32_u offset=4 (local.get $texts))))
      (local.set $texts (i32.add (local.get $texts) (i32.const 8)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br $next)))
  (if (i64.gt_u (local.get $total) (i64.const 4000000))
    (then (global.set $fault (i32.const 8))))
  (i32.wrap_i64 (local.get $total)))

;; $count texts one after the other.
(func $texts_join (param $texts i32) (param $count i32) (result i32 i32)
  (local $total i32) (local $made i32) (local $to i32)
  (local.set $total (call $texts_bytes (local.get $texts) (local.get $count)))
  (if (global.get $fault) (then (return (i32.const 0) (i32.const 0))))
  (if (i32.eqz (local.get $count)) (then (return (i32.const 0) (i32.const 0))))
  ;; The first text may have room behind it for the others.
  (local.set $made
    (call $extend
      (i32.load (local.get $texts)) (i32.load offset=4 (local.get $texts))
      (i32.sub (local.get $total) (i32.load offset=4 (local.get $texts)))))
  (if (global.get $fault) (then (return (i32.const 0) (i32.const 0))))
  (local.set $to (i32.add (local.get $made) (i32.load offset=4 (local.get $texts))))
  (block $done
    (loop $next
      (local.set $texts (i32.add (local.get $texts) (i32.const 8)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $done (i32.eqz (local.get $count)))
      (local.set $to
        (call $append (local.get $to) (i32.load (local.get $texts)) (i32.load offset=4 (local.get $texts))))
      (br $next)))
  (local.get $made)
  (local.get $total))

;; Copies bytes and gives the address after them.
(func $append (param $to i32) (param $from i32) (param $bytes i32) (result i32)
  (memory.copy (local.get $to) (local.get $from) (local.get $bytes))
  (i32.add (local.get $to) (local.get $bytes)))

;; Texts as a list in a sentence: "a", "a and b", "a, b and c"; "nothing" when there are none.
(func $texts_list (param $texts i32) (param $count i32) (result i32 i32)
  (local $total i32) (local $made i32) (local $to i32)
  (if (i32.eqz (local.get $count)) (then (return (i32.const @word_nothing) (i32.const 7))))
  (if (i32.eq (local.get $count) (i32.const 1))
    (then (return (i32.load (local.get $texts)) (i32.load offset=4 (local.get $texts)))))
  (local.set $total
    (i32.add
      (call $texts_bytes (local.get $texts) (local.get $count))
      (i32.add (i32.shl (local.get $count) (i32.const 1)) (i32.const 1))))
  (if (i32.gt_u (local.get $total) (i32.const 4000000)) (then (global.set $fault (i32.const 8))))
  (if (global.get $fault) (then (return (i32.const 0) (i32.const 0))))
  (local.set $made (call $make (local.get $total)))
  (if (global.get $fault) (then (return (i32.const 0) (i32.const 0))))
  (local.set $to (local.get $made))
  (loop $next
    (local.set $to
      (call $append (local.get $to) (i32.load (local.get $texts)) (i32.load offset=4 (local.get $texts))))
    (local.set $texts (i32.add (local.get $texts) (i32.const 8)))
    (local.set $count (i32.sub (local.get $count) (i32.const 1)))
    (if (i32.eq (local.get $count) (i32.const 1))
      (then (local.set $to (call $append (local.get $to) (i32.const @word_and) (i32.const 5)))))
    (if (i32.gt_u (local.get $count) (i32.const 1))
      (then (local.set $to (call $append (local.get $to) (i32.const @word_comma) (i32.const 2)))))
    (br_if $next (local.get $count)))
  (local.get $made)
  (local.get $total))

;; Each character changed as the tables say; others stay. See tables.py for their form.
(func $change_case (param $p i32) (param $n i32) (param $runs i32) (param $special i32) (param $characters i32)
  (result i32 i32)
  (local $end i32) (local $made i32) (local $to i32) (local $c i32) (local $found i32) (local $index i32)
  (local.set $end (i32.add (local.get $p) (local.get $n)))
  (local.set $made (call $make (i32.mul (local.get $n) (i32.const 3))))
  (if (global.get $fault) (then (return (i32.const 0) (i32.const 0))))
  (local.set $to (local.get $made))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $p) (local.get $end)))
      (local.set $c (i32.load8_u (local.get $p)))
      (if (i32.lt_u (local.get $c) (i32.const 0x80))
        (then (local.set $p (i32.add (local.get $p) (i32.const 1))))
        (else
          (if (i32.lt_u (local.get $c) (i32.const 0xe0))
            (then
              (local.set $c
                (i32.or
                  (i32.shl (i32.and (local.get $c) (i32.const 0x1f)) (i32.const 6))
                  (call $continued (local.get $p) (i32.const 1))))
              (local.set $p (i32.add (local.get $p) (i32.const 2))))
            (else
              (if (i32.lt_u (local.get $c) (i32.const 0xf0))
                (then
                  (local.set $c
                    (i32.or
                      (i32.shl (i32.and (local.get $c) (i32.const 0x0f)) (i32.const 12))
                      (i32.or
                        (i32.shl (call $continued (local.get $p) (i32.const 1)) (i32.const 6))
                        (call $continued (local.get $p) (i32.const 2)))))
                  (local.set $p (i32.add (local.get $p) (i32.const 3))))
                (else
                  (local.set $c
                    (i32.or
                      (i32.or
                        (i32.shl (i32.and (local.get $c) (i32.const 0x07)) (i32.const 18))
                        (i32.shl (call $continued (local.get $p) (i32.const 1)) (i32.const 12)))
                      (i32.or
                        (i32.shl (call $continued (local.get $p) (i32.const 2)) (i32.const 6))
                        (call $continued (local.get $p) (i32.const 3)))))
                  (local.set $p (i32.add (local.get $p) (i32.const 4)))))))))
      (local.set $found (call $find_run (local.get $runs) (local.get $c)))
      (if (local.get $found)
        (then
          (local.set $to
            (call $encode (local.get $to) (i32.add (local.get $c) (i32.load offset=12 (local.get $found))))))
        (else
          (local.set $found (call $find_run (local.get $special) (local.get $c)))
          (if (local.get $found)
            (then
              (local.set $found (i32.load offset=12 (local.get $found)))
              (local.set $index (i32.const 3))
              (loop $character
                (local.set $c (i32.load (i32.add (local.get $characters) (local.get $found))))
                (if (local.get $c) (then (local.set $to (call $encode (local.get $to) (local.get $c)))))
                (local.set $found (i32.add (local.get $found) (i32.const 4)))
                (local.set $index (i32.sub (local.get $index) (i32.const 1)))
                (br_if $character (local.get $index))))
            (else (local.set $to (call $encode (local.get $to) (local.get $c)))))))
      (br $next)))
  (local.set $n (i32.sub (local.get $to) (local.get $made)))
  (if (i32.gt_u (local.get $n) (i32.const 4000000)) (then (global.set $fault (i32.const 8))))
  (global.set $free (i32.and (i32.add (local.get $to) (i32.const 7)) (i32.const -8)))
  (local.get $made)
  (local.get $n))

(func $continued (param $p i32) (param $offset i32) (result i32)
  (i32.and (i32.load8_u (i32.add (local.get $p) (local.get $offset))) (i32.const 0x3f)))

;; Writes a code point as UTF-8 and gives the address after it.
(func $encode (param $to i32) (param $c i32) (result i32)
  (if (i32.lt_u (local.get $c) (i32.const 0x80))
    (then
      (i32.store8 (local.get $to) (local.get $c))
      (return (i32.add (local.get $to) (i32.const 1)))))
  (if (i32.lt_u (local.get $c) (i32.const 0x800))
    (then
      (i32.store8 (local.get $to) (i32.or (i32.const 0xc0) (i32.shr_u (local.get $c) (i32.const 6))))
      (i32.store8 offset=1 (local.get $to) (i32.or (i32.const 0x80) (i32.and (local.get $c) (i32.const 0x3f))))
      (return (i32.add (local.get $to) (i32.const 2)))))
  (if (i32.lt_u (local.get $c) (i32.const 0x10000))
    (then
      (i32.store8 (local.get $to) (i32.or (i32.const 0xe0) (i32.shr_u (local.get $c) (i32.const 12))))
      (i32.store8 offset=1 (local.get $to)
        (i32.or (i32.const 0x80) (i32.and (i32.shr_u (local.get $c) (i32.const 6)) (i32.const 0x3f))))
      (i32.store8 offset=2 (local.get $to) (i32.or (i32.const 0x80) (i32.and (local.get $c) (i32.const 0x3f))))
      (return (i32.add (local.get $to) (i32.const 3)))))
  (i32.store8 (local.get $to) (i32.or (i32.const 0xf0) (i32.shr_u (local.get $c) (i32.const 18))))
  (i32.store8 offset=1 (local.get $to)
    (i32.or (i32.const 0x80) (i32.and (i32.shr_u (local.get $c) (i32.const 12)) (i32.const 0x3f))))
  (i32.store8 offset=2 (local.get $to)
    (i32.or (i32.const 0x80) (i32.and (i32.shr_u (local.get $c) (i32.const 6)) (i32.const 0x3f))))
  (i32.store8 offset=3 (local.get $to) (i32.or (i32.const 0x80) (i32.and (local.get $c) (i32.const 0x3f))))
  (i32.add (local.get $to) (i32.const 4)))

;; The entry of a table of runs (first, last, step, change) that holds a code point; 0 when none does.
(func $find_run (param $table i32) (param $c i32) (result i32)
  (local $low i32) (local $high i32) (local $middle i32) (local $entry i32)
  (local.set $high (i32.load (local.get $table)))
  (block $none
    (loop $next
      (br_if $none (i32.ge_u (local.get $low) (local.get $high)))
      (local.set $middle (i32.shr_u (i32.add (local.get $low) (local.get $high)) (i32.const 1)))
      (local.set $entry
        (i32.add (i32.add (local.get $table) (i32.const 8)) (i32.shl (local.get $middle) (i32.const 4))))
      (if (i32.lt_u (local.get $c) (i32.load (local.get $entry)))
        (then
          (local.set $high (local.get $middle))
          (br $next)))
      (if (i32.gt_u (local.get $c) (i32.load offset=4 (local.get $entry)))
        (then
          (local.set $low (i32.add (local.get $middle) (i32.const 1)))
          (br $next)))
      (br_if $none
        (i32.rem_u
          (i32.sub (local.get $c) (i32.load (local.get $entry))) (i32.load offset=8 (local.get $entry))))
      (return (local.get $entry))))
  (i32.const 0))

(func $text_upper (param $p i32) (param $n i32) (result i32 i32)
  (call $change_case
    (local.get $p) (local.get $n) (i32.const @upper_runs) (i32.const @upper_special) (i32.const @upper_characters)))

(func $text_lower (param $p i32) (param $n i32) (result i32 i32)
  (call $change_case
    (local.get $p) (local.get $n) (i32.const @lower_runs) (i32.const @lower_special) (i32.const @lower_characters)))
