;; The memory of a run: a pointer that only moves up, and is put back after each row.

(global $fault (mut i32) (i32.const 0))
(global $place (mut i32) (i32.const -1))
(global $left (mut i64) (i64.const 0))
(global $now (mut i64) (i64.const 0))
(global $today (mut i32) (i32.const 0))
(global $text_address (mut i32) (i32.const 0))
(global $text_bytes (mut i32) (i32.const 0))
(global $free (mut i32) (i32.const 0))
(global $row_end (mut i32) (i32.const 0))

;; The address of so many new bytes, a multiple of 8. Sets $fault 8 when there is no more: write nothing then.
(func $make (param $bytes i32) (result i32)
  (local $address i32) (local $end i32) (local $pages i32)
  (local.set $address (global.get $free))
  (local.set $end (i32.add (local.get $address) (i32.and (i32.add (local.get $bytes) (i32.const 7)) (i32.const -8))))
  (if (i32.or
      (i32.gt_u (local.get $bytes) (i32.const 0x8000000)) (i32.gt_u (local.get $end) (global.get $row_end)))
    (then
      (global.set $fault (i32.const 8))
      (return (local.get $address))))
  (if (i32.gt_u (local.get $end) (i32.shl (memory.size) (i32.const 16)))
    (then
      (local.set $pages
        (i32.sub (i32.shr_u (i32.add (local.get $end) (i32.const 0xffff)) (i32.const 16)) (memory.size)))
      (if (i32.lt_u (local.get $pages) (i32.const 16)) (then (local.set $pages (i32.const 16))))
      (if (i32.eq (memory.grow (local.get $pages)) (i32.const -1))
        (then
          (global.set $fault (i32.const 8))
          (return (local.get $address))))))
  (global.set $free (local.get $end))
  (local.get $address))
