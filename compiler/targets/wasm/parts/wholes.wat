;; Whole numbers: i64 strictly between -10^18 and 10^18; anything beyond is refused with $fault 3.

(func $whole_in_range (param $x i64) (result i64)
  (if (i64.gt_u (i64.add (local.get $x) (i64.const 999999999999999999)) (i64.const 1999999999999999998))
    (then (global.set $fault (i32.const 3))))
  (local.get $x))

(func $whole_add (param $a i64) (param $b i64) (result i64)
  (call $whole_in_range (i64.add (local.get $a) (local.get $b))))

(func $whole_subtract (param $a i64) (param $b i64) (result i64)
  (call $whole_in_range (i64.sub (local.get $a) (local.get $b))))

(func $whole_multiply (param $a i64) (param $b i64) (result i64)
  (local $product i64)
  (local.set $product (i64.mul (local.get $a) (local.get $b)))
  ;; Below 2^31 in magnitude nothing can wrap around; otherwise dividing back shows whether it did.
  (if (i64.gt_u
      (i64.or (call $magnitude (local.get $a)) (call $magnitude (local.get $b))) (i64.const 0x7fffffff))
    (then
      (if (i64.ne (local.get $a) (i64.const 0))
        (then
          (if (i64.ne (i64.div_s (local.get $product) (local.get $a)) (local.get $b))
            (then
              (global.set $fault (i32.const 3))
              (return (i64.const 0))))))))
  (call $whole_in_range (local.get $product)))

(func $whole_remainder (param $a i64) (param $b i64) (result i64)
  (if (i64.eqz (local.get $b))
    (then
      (global.set $fault (i32.const 2))
      (return (i64.const 0))))
  (i64.rem_s (local.get $a) (local.get $b)))
