;; Texts and lists that grow by a little again and again ("add the line to the report") would take the square of their
;; size if each were a new copy. So a copy is made with room to spare, and the last 16 copies with room are remembered:
;; whoever adds to the newest version of one writes behind it, where nobody else can have looked yet. An older version
;; of it ends before that and stays as it was.

(global $grown (mut i32) (i32.const 0))

;; Where a value of $used bytes at $address is with room for $more bytes behind it: there or in a copy.
(func $extend (param $address i32) (param $used i32) (param $more i32) (result i32)
  (local $entry i32) (local $left i32) (local $need i32) (local $capacity i32) (local $made i32)
  (local.set $need (i32.add (local.get $used) (local.get $more)))
  (if (i32.lt_u (local.get $need) (i32.const 64))
    (then
      (local.set $made (call $make (local.get $need)))
      (if (global.get $fault) (then (return (i32.const 0))))
      (memory.copy (local.get $made) (local.get $address) (local.get $used))
      (return (local.get $made))))
  ;; The table: which entry to forget next, then 16 of address, used, capacity and nothing.
  (if (i32.eqz (global.get $grown))
    (then
      (local.set $made (call $make (i32.const 272)))
      (if (global.get $fault) (then (return (i32.const 0))))
      (memory.fill (local.get $made) (i32.const 0) (i32.const 272))
      (global.set $grown (local.get $made))))
  (local.set $entry (i32.add (global.get $grown) (i32.const 16)))
  (local.set $left (i32.const 16))
  (block $found
    (loop $next
      (if (i32.and
          (i32.eq (i32.load (local.get $entry)) (local.get $address))
          (i32.eq (i32.load offset=4 (local.get $entry)) (local.get $used)))
        (then
          (if (i32.le_u (local.get $need) (i32.load offset=8 (local.get $entry)))
            (then
              (i32.store offset=4 (local.get $entry) (local.get $need))
              (return (local.get $address))))
          (br $found)))
      (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (br_if $next (local.get $left)))
    (local.set $left (i32.load (global.get $grown)))
    (i32.store (global.get $grown) (i32.and (i32.add (local.get $left) (i32.const 1)) (i32.const 15)))
    (local.set $entry
      (i32.add (i32.add (global.get $grown) (i32.const 16)) (i32.shl (local.get $left) (i32.const 4)))))
  (local.set $capacity (i32.shl (local.get $need) (i32.const 1)))
  (local.set $made (call $make (local.get $capacity)))
  (if (global.get $fault) (then (return (i32.const 0))))
  (memory.copy (local.get $made) (local.get $address) (local.get $used))
  (i32.store (local.get $entry) (local.get $made))
  (i32.store offset=4 (local.get $entry) (local.get $need))
  (i32.store offset=8 (local.get $entry) (local.get $capacity))
  (local.get $made))

;; Where a list is with room for one more item.
(func $list_with (param $list i32) (param $count i32) (param $width i32) (result i32)
  (if (i32.ge_u (local.get $count) (i32.const 100000))
    (then
      (global.set $fault (i32.const 8))
      (return (i32.const 0))))
  (call $extend
    (local.get $list) (i32.mul (local.get $count) (local.get $width)) (local.get $width)))
