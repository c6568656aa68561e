cimport cython
from bot.index.names cimport Names
from bot.index.vocabulary cimport Vocabulary

cdef double _PART, _PER_EDIT, _SOUNDS, _KNOWN_AS, _BEGUN, _BEGUN_SHARE, _BY_INITIAL, _ANOTHER_WORD, _LACKING, _MORE, _MORE_IN_DOUBT, _DISORDER, _JOINT, _GENERIC, _SOUNDS_SPELT, _KNOWN_AS_SPELT, _UNSAID, _LACKING_INITIAL, _SURE, _UNSURE, _WHOLE, _WHOLE_EDIT, _WHOLE_SHORT
cdef int _LONGEST_JOINED, _MOST_ASKED, _MOST_NAMED, _MEMO
cdef unsigned long long _MIX, _TURNS
cdef int _EQUAL, _INITIAL, _SHORT, _JOINED, _NICKNAME, _TYPO, _SOUND, _REORDERED, _LACKS, _HAS_MORE, _TITLE, _LEGAL

@cython.final
cdef class Alignment:
    cdef Names names
    cdef public int many
    cdef int words[12]
    cdef double weights[12]
    cdef double known[12]
    cdef unsigned int masks[12]
    cdef unsigned int skeletons[12]
    cdef int bones[12]
    cdef unsigned long long places[432]
    cdef unsigned long long memo_keys[8192]
    cdef double memo_alike[8192]
    cdef unsigned char memo_how[8192]
    cdef double grid[192]
    cdef unsigned char hows[192]
    cdef int asked[12]
    cdef int named[16]
    cdef int pairs[12]
    cdef unsigned long long turn
    cdef public double alike
    cdef double joined
    cdef public int how
    cdef int filled
    cpdef int ask(self, bytes folded) except -1
    cdef void remember(self, int i, int word, double alike, int how) noexcept
    cdef double known_as(self, int i, int word) noexcept
    @cython.locals(key=cython.ulonglong, place=int)
    cdef int _place(self, int i, int word) noexcept
    cdef unsigned long long _key(self, int i, int word) noexcept
    cdef void _look(self, int i, int word) noexcept
    @cython.locals(longer=int, shorter=int, begun=double)
    cdef void _compare(self, int i, int word) noexcept
    cdef bint counted_apart(self, int i, int word) noexcept
    cdef bint _is_numeral(self, unsigned char* letters, int start, int size) noexcept
    @cython.locals(sound=double, how=int)
    cdef void judge(self, int i, int cost, int longer, int bones) noexcept
    cdef bint _begins(self, int at, int size, int start, int other, int shorter) noexcept
    cpdef double score(self, int name) noexcept
    @cython.locals(best=double, x=int, y=int, worth=double, heavy=double, gain=double, alike=double)
    cdef double _align(self, int start, int size, double got, double weight) noexcept
    cdef double _worth(self, int i, int word, int how) noexcept
    cdef double _missing(self) noexcept
    cdef double _left_over(self, int start, int size) noexcept
    @cython.locals(margin=double)
    cdef double _total(self, int start, int size, double got, double weight) noexcept
    cdef double score_whole(self, int name, int total) noexcept
    cdef double _join(self, int start, int size) noexcept
    cdef double _heavier(self, double weight, int i) noexcept
    cdef bint _apart(self, int i, int word, int after) noexcept
    cdef double _together(self, int i, int j, int word) noexcept
