;; Decimals: exactly the arithmetic of compiler/decimals.py (the General Decimal Arithmetic Specification with 18
;; digits, half-even, adjusted exponents -383 to 384, subnormals refused).
;;
;; A decimal is a pair: a signed coefficient (i64, |coefficient| < 10^18) and an exponent (i32). So minus zero cannot
;; be written, and never exists. A function that cannot give a result sets the global $fault and returns anything.
;; Wide arithmetic is done with 32-bit limbs, because browsers have no 128-bit instructions.

;; 10^n, n from 0 to 19, unsigned.
(func $power_of_ten (param $n i32) (result i64)
  (i64.load offset=@powers_of_ten (i32.shl (local.get $n) (i32.const 3))))

;; The magnitude of a coefficient.
(func $magnitude (param $c i64) (result i64)
  (select (i64.sub (i64.const 0) (local.get $c)) (local.get $c) (i64.lt_s (local.get $c) (i64.const 0))))

;; The number of decimal digits of an unsigned number; 0 has none. 1233/4096 is log10(2), a little rounded down.
(func $digits (param $x i64) (result i32)
  (local $t i32)
  (local.set $t
    (i32.shr_u
      (i32.mul
        (i32.sub (i32.const 64) (i32.wrap_i64 (i64.clz (i64.or (local.get $x) (i64.const 1)))))
        (i32.const 1233))
      (i32.const 12)))
  (i32.add
    (local.get $t)
    (i64.ge_u (local.get $x) (i64.load offset=@powers_of_ten (i32.shl (local.get $t) (i32.const 3))))))

;; The 128-bit product of two unsigned numbers, high half first.
(func $multiply_wide (param $a i64) (param $b i64) (result i64 i64)
  (local $a0 i64) (local $a1 i64) (local $b0 i64) (local $b1 i64) (local $low i64) (local $mid i64) (local $mid2 i64)
  (local.set $a0 (i64.and (local.get $a) (i64.const 0xffffffff)))
  (local.set $a1 (i64.shr_u (local.get $a) (i64.const 32)))
  (local.set $b0 (i64.and (local.get $b) (i64.const 0xffffffff)))
  (local.set $b1 (i64.shr_u (local.get $b) (i64.const 32)))
  (local.set $low (i64.mul (local.get $a0) (local.get $b0)))
  (local.set $mid
    (i64.add (i64.mul (local.get $a1) (local.get $b0)) (i64.shr_u (local.get $low) (i64.const 32))))
  (local.set $mid2
    (i64.add (i64.mul (local.get $a0) (local.get $b1)) (i64.and (local.get $mid) (i64.const 0xffffffff))))
  (i64.add
    (i64.mul (local.get $a1) (local.get $b1))
    (i64.add (i64.shr_u (local.get $mid) (i64.const 32)) (i64.shr_u (local.get $mid2) (i64.const 32))))
  (i64.mul (local.get $a) (local.get $b)))

;; Quotient and remainder of a 128-bit number by a 64-bit one, all unsigned, for high < divisor.
;; Knuth's algorithm D with two digits of 32 bits (Hacker's Delight, 9-4).
(func $divide_wide (param $high i64) (param $low i64) (param $divisor i64) (result i64 i64)
  (local $shift i64) (local $v1 i64) (local $v0 i64) (local $u i64) (local $u1 i64) (local $u0 i64)
  (local $q1 i64) (local $q0 i64) (local $rest i64)
  (if (i64.eqz (local.get $high))
    (then
      (return
        (i64.div_u (local.get $low) (local.get $divisor))
        (i64.rem_u (local.get $low) (local.get $divisor)))))
  (local.set $shift (i64.clz (local.get $divisor)))
  (local.set $divisor (i64.shl (local.get $divisor) (local.get $shift)))
  (local.set $v1 (i64.shr_u (local.get $divisor) (i64.const 32)))
  (local.set $v0 (i64.and (local.get $divisor) (i64.const 0xffffffff)))
  (local.set $u
    (i64.or
      (i64.shl (local.get $high) (local.get $shift))
      (i64.shr_u (i64.shr_u (local.get $low) (i64.const 1)) (i64.sub (i64.const 63) (local.get $shift)))))
  (local.set $low (i64.shl (local.get $low) (local.get $shift)))
  (local.set $u1 (i64.shr_u (local.get $low) (i64.const 32)))
  (local.set $u0 (i64.and (local.get $low) (i64.const 0xffffffff)))
  (local.set $q1 (i64.div_u (local.get $u) (local.get $v1)))
  (local.set $rest (i64.sub (local.get $u) (i64.mul (local.get $q1) (local.get $v1))))
  (block $right
    (loop $again
      (br_if $right
        (i32.eqz
          (i32.or
            (i64.gt_u (local.get $q1) (i64.const 0xffffffff))
            (i64.gt_u
              (i64.mul (local.get $q1) (local.get $v0))
              (i64.or (i64.shl (local.get $rest) (i64.const 32)) (local.get $u1))))))
      (local.set $q1 (i64.sub (local.get $q1) (i64.const 1)))
      (local.set $rest (i64.add (local.get $rest) (local.get $v1)))
      (br_if $again (i64.le_u (local.get $rest) (i64.const 0xffffffff)))))
  (local.set $u
    (i64.sub
      (i64.add (i64.shl (local.get $u) (i64.const 32)) (local.get $u1))
      (i64.mul (local.get $q1) (local.get $divisor))))
  (local.set $q0 (i64.div_u (local.get $u) (local.get $v1)))
  (local.set $rest (i64.sub (local.get $u) (i64.mul (local.get $q0) (local.get $v1))))
  (block $right
    (loop $again
      (br_if $right
        (i32.eqz
          (i32.or
            (i64.gt_u (local.get $q0) (i64.const 0xffffffff))
            (i64.gt_u
              (i64.mul (local.get $q0) (local.get $v0))
              (i64.or (i64.shl (local.get $rest) (i64.const 32)) (local.get $u0))))))
      (local.set $q0 (i64.sub (local.get $q0) (i64.const 1)))
      (local.set $rest (i64.add (local.get $rest) (local.get $v1)))
      (br_if $again (i64.le_u (local.get $rest) (i64.const 0xffffffff)))))
  (i64.add (i64.shl (local.get $q1) (i64.const 32)) (local.get $q0))
  (i64.shr_u
    (i64.sub
      (i64.add (i64.shl (local.get $u) (i64.const 32)) (local.get $u0))
      (i64.mul (local.get $q0) (local.get $divisor)))
    (local.get $shift)))

;; A result with at most 18 digits, once its exponent has been checked. Exponents from -383 to 366 are always right.
(func $decimal_in_range (param $c i64) (param $e i32) (result i64 i32)
  (if (i32.gt_u (i32.add (local.get $e) (i32.const 383)) (i32.const 749))
    (then (return (call $decimal_extreme (local.get $c) (local.get $e)))))
  (local.get $c)
  (local.get $e))

(func $decimal_extreme (param $c i64) (param $e i32) (result i64 i32)
  (local $adjusted i32)
  (if (i64.eqz (local.get $c))
    (then
      (if (i32.lt_s (local.get $e) (i32.const -400)) (then (local.set $e (i32.const -400))))
      (if (i32.gt_s (local.get $e) (i32.const 384)) (then (local.set $e (i32.const 384)))))
    (else
      (local.set $adjusted
        (i32.sub (i32.add (local.get $e) (call $digits (call $magnitude (local.get $c)))) (i32.const 1)))
      (if (i32.gt_u (i32.add (local.get $adjusted) (i32.const 383)) (i32.const 767))
        (then (global.set $fault (i32.const 3))))))
  (local.get $c)
  (local.get $e))

;; A signed sum below 2 * 10^18, rounded to 18 digits.
(func $decimal_settle (param $sum i64) (param $e i32) (result i64 i32)
  (local $x i64) (local $last i64)
  (if (i64.le_u
      (i64.add (local.get $sum) (i64.const 999999999999999999)) (i64.const 1999999999999999998))
    (then (return (call $decimal_in_range (local.get $sum) (local.get $e)))))
  (call $decimal_round_wide
    (i64.const 0) (call $magnitude (local.get $sum))
    (i64.lt_s (local.get $sum) (i64.const 0)) (local.get $e) (i32.const 1)))

;; A 128-bit magnitude at exponent $e, rounded half-even to 18 digits by dropping $drop or $drop + 1 digits.
;; $drop is such that 18 or 19 digits are left, or 0 when the number has at most 19 digits.
(func $decimal_round_wide
  (param $high i64) (param $low i64) (param $negative i32) (param $e i32) (param $drop i32) (result i64 i32)
  (local $q i64) (local $rest i64) (local $half i64)
  (local.set $q (local.get $low))
  (if (local.get $drop)
    (then
      (call $divide_wide (local.get $high) (local.get $low) (call $power_of_ten (local.get $drop)))
      (local.set $rest)
      (local.set $q)))
  (if (i64.ge_u (local.get $q) (i64.const 1000000000000000000))
    (then
      (local.set $rest
        (i64.add
          (i64.mul (i64.rem_u (local.get $q) (i64.const 10)) (call $power_of_ten (local.get $drop)))
          (local.get $rest)))
      (local.set $q (i64.div_u (local.get $q) (i64.const 10)))
      (local.set $drop (i32.add (local.get $drop) (i32.const 1)))))
  (local.set $e (i32.add (local.get $e) (local.get $drop)))
  (if (local.get $drop)
    (then
      (local.set $half (i64.shr_u (call $power_of_ten (local.get $drop)) (i64.const 1)))
      (call $decimal_finish
        (local.get $q) (local.get $negative) (local.get $e)
        (i32.or
          (i64.gt_u (local.get $rest) (local.get $half))
          (i32.and
            (i64.eq (local.get $rest) (local.get $half))
            (i32.wrap_i64 (i64.and (local.get $q) (i64.const 1))))))
      (return)))
  (call $decimal_in_range
    (select (i64.sub (i64.const 0) (local.get $q)) (local.get $q) (local.get $negative)) (local.get $e)))

;; A magnitude of 18 digits, made one larger if $up. A number that was subnormal before rounding is refused.
(func $decimal_finish (param $q i64) (param $negative i32) (param $e i32) (param $up i32) (result i64 i32)
  (if (i32.lt_s (local.get $e) (i32.const -400)) (then (global.set $fault (i32.const 3))))
  (local.set $q (i64.add (local.get $q) (i64.extend_i32_u (local.get $up))))
  (if (i64.eq (local.get $q) (i64.const 1000000000000000000))
    (then
      (local.set $q (i64.const 100000000000000000))
      (local.set $e (i32.add (local.get $e) (i32.const 1)))))
  (call $decimal_in_range
    (select (i64.sub (i64.const 0) (local.get $q)) (local.get $q) (local.get $negative)) (local.get $e)))

(func $decimal_add (param $c1 i64) (param $e1 i32) (param $c2 i64) (param $e2 i32) (result i64 i32)
  (local $d i32) (local $c i64)
  (if (i32.eq (local.get $e1) (local.get $e2))
    (then (return (call $decimal_settle (i64.add (local.get $c1) (local.get $c2)) (local.get $e1)))))
  (if (i32.lt_s (local.get $e1) (local.get $e2))
    (then
      (local.set $c (local.get $c1))
      (local.set $c1 (local.get $c2))
      (local.set $c2 (local.get $c))
      (local.set $d (local.get $e1))
      (local.set $e1 (local.get $e2))
      (local.set $e2 (local.get $d))))
  (local.set $d (i32.sub (local.get $e1) (local.get $e2)))
  (if (i32.le_u (local.get $d) (i32.const 18))
    (then
      (if (i64.lt_u
          (call $magnitude (local.get $c1)) (call $power_of_ten (i32.sub (i32.const 18) (local.get $d))))
        (then
          (return
            (call $decimal_settle
              (i64.add (i64.mul (local.get $c1) (call $power_of_ten (local.get $d))) (local.get $c2))
              (local.get $e2)))))))
  (call $decimal_add_wide (local.get $c1) (local.get $e1) (local.get $c2) (local.get $e2)))

;; The sum for e1 > e2 when the first, written with the exponent of the second, has 19 digits or more (or is zero).
(func $decimal_add_wide (param $c1 i64) (param $e1 i32) (param $c2 i64) (param $e2 i32) (result i64 i32)
  (local $a i64) (local $b i64) (local $n i32) (local $d i32) (local $high i64) (local $low i64) (local $sum i64)
  (if (i64.eqz (local.get $c1)) (then (return (call $decimal_in_range (local.get $c2) (local.get $e2)))))
  (local.set $a (call $magnitude (local.get $c1)))
  (local.set $b (call $magnitude (local.get $c2)))
  (local.set $d (i32.sub (local.get $e1) (local.get $e2)))
  (local.set $n (call $digits (local.get $a)))
  ;; From 38 digits on the second is less than half a unit of the last place, even after a borrow.
  (if (i32.ge_u (i32.add (local.get $n) (local.get $d)) (i32.const 38))
    (then
      (local.set $d (i32.sub (i32.const 18) (local.get $n)))
      (return
        (call $decimal_in_range
          (i64.mul (local.get $c1) (call $power_of_ten (local.get $d)))
          (i32.sub (local.get $e1) (local.get $d))))))
  (local.set $n (i32.add (local.get $n) (local.get $d)))
  (if (i32.gt_u (local.get $d) (i32.const 18))
    (then
      (local.set $a
        (i64.mul (local.get $a) (call $power_of_ten (i32.sub (local.get $d) (i32.const 18)))))
      (local.set $d (i32.const 18))))
  (call $multiply_wide (local.get $a) (call $power_of_ten (local.get $d)))
  (local.set $low)
  (local.set $high)
  (if (i64.ge_s (i64.xor (local.get $c1) (local.get $c2)) (i64.const 0))
    (then
      (local.set $sum (i64.add (local.get $low) (local.get $b)))
      (local.set $high
        (i64.add (local.get $high) (i64.extend_i32_u (i64.lt_u (local.get $sum) (local.get $low)))))
      (local.set $n (i32.sub (local.get $n) (i32.const 18))))
    (else
      (local.set $sum (i64.sub (local.get $low) (local.get $b)))
      (local.set $high
        (i64.sub (local.get $high) (i64.extend_i32_u (i64.lt_u (local.get $low) (local.get $b)))))
      (local.set $n (i32.sub (local.get $n) (i32.const 19)))))
  (call $decimal_round_wide
    (local.get $high) (local.get $sum) (i64.lt_s (local.get $c1) (i64.const 0)) (local.get $e2) (local.get $n)))

(func $decimal_subtract (param $c1 i64) (param $e1 i32) (param $c2 i64) (param $e2 i32) (result i64 i32)
  (call $decimal_add
    (local.get $c1) (local.get $e1) (i64.sub (i64.const 0) (local.get $c2)) (local.get $e2)))

(func $decimal_multiply (param $c1 i64) (param $e1 i32) (param $c2 i64) (param $e2 i32) (result i64 i32)
  (local $a i64) (local $b i64) (local $n i32)
  (local.set $a (call $magnitude (local.get $c1)))
  (local.set $b (call $magnitude (local.get $c2)))
  ;; 69 leading zeros or more: the product is below 2^59, so it has at most 18 digits.
  (if (i64.ge_u (i64.add (i64.clz (local.get $a)) (i64.clz (local.get $b))) (i64.const 69))
    (then
      (return
        (call $decimal_in_range
          (i64.mul (local.get $c1) (local.get $c2)) (i32.add (local.get $e1) (local.get $e2))))))
  (local.set $n
    (i32.sub (i32.add (call $digits (local.get $a)) (call $digits (local.get $b))) (i32.const 19)))
  (call $multiply_wide (local.get $a) (local.get $b))
  (i64.lt_s (i64.xor (local.get $c1) (local.get $c2)) (i64.const 0))
  (i32.add (local.get $e1) (local.get $e2))
  (select (local.get $n) (i32.const 0) (i32.gt_s (local.get $n) (i32.const 0)))
  (call $decimal_round_wide))

;; An exact quotient has the exponent nearest to e1 - e2 that it can have; any other has 18 digits.
(func $decimal_divide (param $c1 i64) (param $e1 i32) (param $c2 i64) (param $e2 i32) (result i64 i32)
  (local $a i64) (local $b i64) (local $q i64) (local $rest i64) (local $last i64) (local $shift i32) (local $up i32)
  (local $negative i32)
  (if (i64.eqz (local.get $c2))
    (then
      (global.set $fault (i32.const 2))
      (return (i64.const 0) (i32.const 0))))
  (local.set $e1 (i32.sub (local.get $e1) (local.get $e2)))
  (if (i64.eqz (i64.rem_s (local.get $c1) (local.get $c2)))
    (then
      (return (call $decimal_in_range (i64.div_s (local.get $c1) (local.get $c2)) (local.get $e1)))))
  (local.set $negative (i64.lt_s (i64.xor (local.get $c1) (local.get $c2)) (i64.const 0)))
  (local.set $a (call $magnitude (local.get $c1)))
  (local.set $b (call $magnitude (local.get $c2)))
  ;; As many zeros as give the quotient 18 or 19 digits.
  (local.set $shift
    (i32.add (i32.sub (call $digits (local.get $b)) (call $digits (local.get $a))) (i32.const 18)))
  (local.set $e1 (i32.sub (local.get $e1) (local.get $shift)))
  (if (i32.gt_u (local.get $shift) (i32.const 18))
    (then
      (local.set $a
        (i64.mul (local.get $a) (call $power_of_ten (i32.sub (local.get $shift) (i32.const 18)))))
      (call $multiply_wide (local.get $a) (i64.const 1000000000000000000))
      (local.set $rest)
      (local.set $q))
    (else
      (call $multiply_wide (local.get $a) (call $power_of_ten (local.get $shift)))
      (local.set $rest)
      (local.set $q)))
  (call $divide_wide (local.get $q) (local.get $rest) (local.get $b))
  (local.set $rest)
  (local.set $q)
  (if (i64.eqz (local.get $rest))
    (then
      (block $bare
        (loop $strip
          (br_if $bare (i32.eqz (local.get $shift)))
          (local.set $last (i64.div_u (local.get $q) (i64.const 10)))
          (br_if $bare (i64.ne (i64.mul (local.get $last) (i64.const 10)) (local.get $q)))
          (local.set $q (local.get $last))
          (local.set $e1 (i32.add (local.get $e1) (i32.const 1)))
          (local.set $shift (i32.sub (local.get $shift) (i32.const 1)))
          (br $strip)))
      (if (i64.lt_u (local.get $q) (i64.const 1000000000000000000))
        (then
          (return
            (call $decimal_in_range
              (select (i64.sub (i64.const 0) (local.get $q)) (local.get $q) (local.get $negative))
              (local.get $e1)))))))
  (if (i64.ge_u (local.get $q) (i64.const 1000000000000000000))
    (then
      (local.set $last (i64.rem_u (local.get $q) (i64.const 10)))
      (local.set $q (i64.div_u (local.get $q) (i64.const 10)))
      (local.set $e1 (i32.add (local.get $e1) (i32.const 1)))
      (local.set $up
        (i32.or
          (i64.gt_u (local.get $last) (i64.const 5))
          (i32.and
            (i64.eq (local.get $last) (i64.const 5))
            (i32.or
              (i64.ne (local.get $rest) (i64.const 0))
              (i32.wrap_i64 (i64.and (local.get $q) (i64.const 1))))))))
    (else
      (local.set $rest (i64.shl (local.get $rest) (i64.const 1)))
      (local.set $up
        (i32.or
          (i64.gt_u (local.get $rest) (local.get $b))
          (i32.and
            (i64.eq (local.get $rest) (local.get $b))
            (i32.wrap_i64 (i64.and (local.get $q) (i64.const 1))))))))
  (call $decimal_finish (local.get $q) (local.get $negative) (local.get $e1) (local.get $up)))

;; The remainder has the sign of the first; a whole quotient of more than 18 digits is refused, as in `decimal`.
(func $decimal_remainder (param $c1 i64) (param $e1 i32) (param $c2 i64) (param $e2 i32) (result i64 i32)
  (local $a i64) (local $b i64) (local $q i64) (local $rest i64) (local $gap i32) (local $d i32)
  (if (i64.eqz (local.get $c2))
    (then
      (global.set $fault (i32.const 2))
      (return (i64.const 0) (i32.const 0))))
  (local.set $d (i32.sub (local.get $e1) (local.get $e2)))
  (if (i64.eqz (local.get $c1))
    (then
      (return
        (call $decimal_in_range
          (i64.const 0) (select (local.get $e2) (local.get $e1) (i32.gt_s (local.get $d) (i32.const 0)))))))
  (local.set $a (call $magnitude (local.get $c1)))
  (local.set $b (call $magnitude (local.get $c2)))
  (local.set $gap
    (i32.add (local.get $d) (i32.sub (call $digits (local.get $a)) (call $digits (local.get $b)))))
  (if (i32.gt_s (local.get $gap) (i32.const 18))
    (then
      (global.set $fault (i32.const 3))
      (return (i64.const 0) (i32.const 0))))
  (if (i32.ge_s (local.get $d) (i32.const 0))
    (then
      (if (i32.le_s (local.get $gap) (i32.const -2))
        (then (local.set $rest (i64.mul (local.get $a) (call $power_of_ten (local.get $d)))))
        (else
          ;; The first, with the exponent of the second, has at most 36 digits.
          (if (i32.gt_s (local.get $d) (i32.const 18))
            (then
              (local.set $a
                (i64.mul (local.get $a) (call $power_of_ten (i32.sub (local.get $d) (i32.const 18)))))
              (local.set $d (i32.const 18))))
          (call $multiply_wide (local.get $a) (call $power_of_ten (local.get $d)))
          (local.set $rest)
          (local.set $q)
          (call $divide_wide (local.get $q) (local.get $rest) (local.get $b))
          (local.set $rest)
          (local.set $q)
          (if (i64.ge_u (local.get $q) (i64.const 1000000000000000000))
            (then (global.set $fault (i32.const 3))))))
      (local.set $e1 (local.get $e2)))
    (else
      (local.set $rest (local.get $a))
      (if (i32.ge_s (local.get $gap) (i32.const -1))
        (then
          (local.set $rest
            (i64.rem_u
              (local.get $a)
              (i64.mul (local.get $b) (call $power_of_ten (i32.sub (i32.const 0) (local.get $d))))))))))
  (call $decimal_in_range
    (select
      (i64.sub (i64.const 0) (local.get $rest)) (local.get $rest) (i64.lt_s (local.get $c1) (i64.const 0)))
    (local.get $e1)))

;; -1, 0 or 1: the order of two decimals by value.
(func $decimal_compare (param $c1 i64) (param $e1 i32) (param $c2 i64) (param $e2 i32) (result i32)
  (local $n1 i32) (local $n2 i32) (local $order i32)
  (if (i32.and
      (i32.ne (local.get $e1) (local.get $e2))
      (i32.and
        (i32.and (i64.ne (local.get $c1) (i64.const 0)) (i64.ne (local.get $c2) (i64.const 0)))
        (i64.ge_s (i64.xor (local.get $c1) (local.get $c2)) (i64.const 0))))
    (then
      (local.set $n1 (i32.add (local.get $e1) (call $digits (call $magnitude (local.get $c1)))))
      (local.set $n2 (i32.add (local.get $e2) (call $digits (call $magnitude (local.get $c2)))))
      (if (i32.ne (local.get $n1) (local.get $n2))
        (then
          (local.set $order
            (select (i32.const 1) (i32.const -1) (i32.gt_s (local.get $n1) (local.get $n2))))
          (return
            (select
              (i32.sub (i32.const 0) (local.get $order)) (local.get $order)
              (i64.lt_s (local.get $c1) (i64.const 0))))))
      (if (i32.gt_s (local.get $e1) (local.get $e2))
        (then
          (local.set $c1
            (i64.mul (local.get $c1) (call $power_of_ten (i32.sub (local.get $e1) (local.get $e2))))))
        (else
          (local.set $c2
            (i64.mul (local.get $c2) (call $power_of_ten (i32.sub (local.get $e2) (local.get $e1)))))))))
  (i32.sub (i64.gt_s (local.get $c1) (local.get $c2)) (i64.lt_s (local.get $c1) (local.get $c2))))

;; Rounded to $places decimals; $rounding: 0 half even, 1 half up (away from zero), 2 up (ceiling), 3 down (floor).
(func $decimal_round_places (param $c i64) (param $e i32) (param $places i32) (param $rounding i32) (result i64 i32)
  (local $drop i32) (local $q i64) (local $rest i64) (local $half i64) (local $negative i32) (local $up i32)
  (local.set $drop (i32.sub (i32.sub (i32.const 0) (local.get $places)) (local.get $e)))
  (if (i32.le_s (local.get $drop) (i32.const 0)) (then (return (local.get $c) (local.get $e))))
  (local.set $negative (i64.lt_s (local.get $c) (i64.const 0)))
  (local.set $rest (call $magnitude (local.get $c)))
  (local.set $half (i64.const -1))
  (if (i32.le_s (local.get $drop) (i32.const 18))
    (then
      (local.set $half (call $power_of_ten (local.get $drop)))
      (local.set $q (i64.div_u (local.get $rest) (local.get $half)))
      (local.set $rest (i64.rem_u (local.get $rest) (local.get $half)))
      (local.set $half (i64.shr_u (local.get $half) (i64.const 1)))))
  (local.set $up
    (if (result i32) (i32.ge_u (local.get $rounding) (i32.const 2))
      (then
        (i32.and
          (i64.ne (local.get $rest) (i64.const 0))
          (i32.eq (local.get $negative) (i32.eq (local.get $rounding) (i32.const 3)))))
      (else
        (i32.or
          (i64.gt_u (local.get $rest) (local.get $half))
          (i32.and
            (i64.eq (local.get $rest) (local.get $half))
            (i32.or
              (local.get $rounding) (i32.wrap_i64 (i64.and (local.get $q) (i64.const 1)))))))))
  (local.set $q (i64.add (local.get $q) (i64.extend_i32_u (local.get $up))))
  (select (i64.sub (i64.const 0) (local.get $q)) (local.get $q) (local.get $negative))
  (i32.sub (i32.const 0) (local.get $places)))

;; The integer value of a decimal, cut towards zero; 19 digits or more are refused.
(func $decimal_to_whole (param $c i64) (param $e i32) (result i64)
  (if (i64.eqz (local.get $c)) (then (return (i64.const 0))))
  (if (i32.gt_s (i32.add (call $digits (call $magnitude (local.get $c))) (local.get $e)) (i32.const 18))
    (then
      (global.set $fault (i32.const 3))
      (return (i64.const 0))))
  (if (i32.lt_s (local.get $e) (i32.const -18)) (then (return (i64.const 0))))
  (if (result i64) (i32.lt_s (local.get $e) (i32.const 0))
    (then (i64.div_s (local.get $c) (call $power_of_ten (i32.sub (i32.const 0) (local.get $e)))))
    (else (i64.mul (local.get $c) (call $power_of_ten (local.get $e))))))

;; A decimal without trailing zeros, as long as its exponent is below $ideal.
(func $decimal_strip (param $c i64) (param $e i32) (param $ideal i32) (result i64 i32)
  (local $q i64)
  (if (i64.eqz (local.get $c)) (then (return (i64.const 0) (local.get $ideal))))
  (block $bare
    (loop $strip
      (br_if $bare (i32.ge_s (local.get $e) (local.get $ideal)))
      (local.set $q (i64.div_s (local.get $c) (i64.const 10)))
      (br_if $bare (i64.ne (i64.mul (local.get $q) (i64.const 10)) (local.get $c)))
      (local.set $c (local.get $q))
      (local.set $e (i32.add (local.get $e) (i32.const 1)))
      (br $strip)))
  (local.get $c)
  (local.get $e))
