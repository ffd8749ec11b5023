/* The library bcryptprimitives.dll as far as Rust needs it: one function, which Debian's wine 8.0 lacks. Windows has the
   whole of it; this one lies beside the program under test only. */

#include <stddef.h>

__declspec(dllimport) unsigned char __stdcall SystemFunction036(void *buffer, unsigned long length);

__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *buffer, size_t length)
{
    while (length > 0) {
        unsigned long piece = length > 65536 ? 65536 : (unsigned long)length;
        if (!SystemFunction036(buffer, piece)) {
            return 0;
        }
        buffer += piece;
        length -= piece;
    }
    return 1;
}
