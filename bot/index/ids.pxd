cimport cython

cdef int _FREE, _LEFT

@cython.final
cdef class Ids:
    cdef public list ids
    cdef int[::1] slots
    cdef public int taken
    cdef public int living
    @cython.locals(place=Py_ssize_t, earlier=int)
    cpdef int put(self, str id_) except -3
    cpdef int number(self, str id_) except -3
    @cython.locals(place=Py_ssize_t, number=int)
    cpdef int remove(self, str id_) except -3
    cpdef str of(self, int number)
    @cython.locals(place=Py_ssize_t, last=Py_ssize_t)
    cdef Py_ssize_t _place(self, str id_) except -1
    @cython.locals(number=int)
    cdef bint _holds(self, Py_ssize_t place, str id_) except -1
    @cython.locals(size=Py_ssize_t, number=int, k=Py_ssize_t, earlier="int[::1]")
    cpdef _widen(self)
