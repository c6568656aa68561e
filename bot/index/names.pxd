# cython: language_level=3
cimport cython
from bot.index.pools cimport Lists
from bot.index.vocabulary cimport Vocabulary

cdef int JOINT, PLACES, WORDS

cdef class Names:
    cdef public Vocabulary vocabulary
    cdef public int names, entities, settled
    cdef int stamp, asked, key_mask
    cdef public bint live
    cdef int[::1] words, begin, owner, first, key_heads, key_next, join_heads, join_next, seen, lo, hi, word, sorted
    cdef int[::1] mark, prominent
    cdef float[::1] weight, mark_score
    cdef unsigned char[::1] kind, alive, mark_word, mark_how, taken
    cdef Lists postings

    @cython.locals(entity=cython.int, room=cython.int)
    cpdef int push_entity(self, double weight, int kind) noexcept
    @cython.locals(name=cython.int, room=cython.int, place=cython.int, length=cython.int, lo=cython.int, taken=cython.int, i=cython.int)
    cpdef int push_name(self, bytes folded) noexcept
    @cython.locals(length=cython.int, i=cython.int)
    cdef int write(self, bytes folded) noexcept
    @cython.locals(size=cython.int, name=cython.int, i=cython.int, entity=cython.int, word=cython.int)
    cpdef void settle(self, object order) noexcept
    @cython.locals(count=cython.int, room=cython.int)
    cdef void widen_words(self) noexcept
    @cython.locals(start=cython.int, end=cython.int, i=cython.int, k=cython.int, word=cython.int, again=cython.bint)
    cdef void post(self, int name, bint append) noexcept
    @cython.locals(start=cython.int, count=cython.int, i=cython.int, slot=cython.int, value=cython.ulonglong)
    cdef void key(self, int name) noexcept
    @cython.locals(i=cython.int)
    cdef unsigned long long letters_of(self, int word, unsigned long long value) noexcept
    @cython.locals(value=cython.ulonglong, i=cython.int, k=cython.int, word=cython.int)
    cdef int key_of(self, int count) noexcept
    @cython.locals(before=cython.bint)
    cpdef bint bury(self, int entity) noexcept
    cpdef bint is_alive(self, int entity) noexcept
    cpdef int owner_of(self, int name) noexcept
    cpdef int first_of(self, int entity) noexcept
    @cython.locals(word=cython.int, start=cython.int, k=cython.int, owner=cython.int)
    cpdef list posted(self, int limit, int kind)
    @cython.locals(length=cython.int, vocabulary=Vocabulary, lo=cython.int, asked=cython.int, i=cython.int, ends=cython.bint)
    cpdef int ask(self, bytes folded) noexcept
    @cython.locals(count=cython.int, i=cython.int, name=cython.int)
    cpdef list written(self, int start, int end)
    @cython.locals(place=cython.int, ordered=cython.bint, i=cython.int, k=cython.int)
    cdef tuple made_of(self, int name, int start, int count)
    @cython.locals(value=cython.ulonglong, length=cython.int, i=cython.int, k=cython.int, name=cython.int)
    cpdef list joined(self)
    @cython.locals(at=cython.int, i=cython.int, k=cython.int)
    cdef bint spells(self, int name, int length) noexcept
