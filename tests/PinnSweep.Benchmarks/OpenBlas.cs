using System.Runtime.InteropServices;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Benchmarks;

/// <summary>
/// OpenBLAS where it is installed (Debian: libopenblas0-pthread), for its matrix product: libtorch's is far from it on some processors, and a
/// share of a slow product flatters.
/// </summary>
internal static unsafe class OpenBlas
{
    private static readonly nint Library = Load();

    /// <summary>Whether there is one.</summary>
    public static bool IsPresent => Library != 0;

    /// <summary>Which it is, and what may hold it back.</summary>
    public static string Description => !IsPresent
        ? "no OpenBLAS here (libopenblas0-pthread): the matrix product is libtorch's alone"
        : $"OpenBLAS with its kernels for {Text("openblas_get_corename")}"
            + (Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE") is { Length: > 0 } forced ? $", as OPENBLAS_CORETYPE={forced} wants; unset it for those of this processor" : "");

    /// <summary>c = a b of square matrices, by one thread.</summary>
    public static void Multiply(Precision precision, int size, void* a, void* b, void* c)
    {
        const int RowMajor = 101;
        const int Plain = 111;
        if (precision == Precision.Float32)
        {
            ((delegate* unmanaged<int, int, int, int, int, int, float, void*, int, void*, int, float, void*, int, void>)NativeLibrary.GetExport(Library, "cblas_sgemm"))(
                RowMajor, Plain, Plain, size, size, size, 1, a, size, b, size, 0, c, size);
        }
        else
        {
            ((delegate* unmanaged<int, int, int, int, int, int, double, void*, int, void*, int, double, void*, int, void>)NativeLibrary.GetExport(Library, "cblas_dgemm"))(
                RowMajor, Plain, Plain, size, size, size, 1, a, size, b, size, 0, c, size);
        }
    }

    private static nint Load()
    {
        if (!NativeLibrary.TryLoad("libopenblas.so.0", out var library) || !NativeLibrary.TryGetExport(library, "openblas_set_num_threads", out var threads))
        {
            return 0;
        }

        ((delegate* unmanaged<int, void>)threads)(1);
        return library;
    }

    private static string? Text(string function) => Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)NativeLibrary.GetExport(Library, function))());
}

/// <summary>OpenBLAS on the product of <see cref="MatrixContender"/>.</summary>
internal sealed unsafe class OpenBlasContender : IContender
{
    private readonly Precision _precision;
    private readonly void*[] _matrices = new void*[3];

    public OpenBlasContender(Precision precision)
    {
        _precision = precision;
        const int Count = MatrixContender.Size * MatrixContender.Size;
        for (var i = 0; i < 3; i++)
        {
            _matrices[i] = NativeMemory.AlignedAlloc(Count * sizeof(double), 64);
            if (precision == Precision.Float32)
            {
                new Span<float>(_matrices[i], Count).Fill(1);
            }
            else
            {
                new Span<double>(_matrices[i], Count).Fill(1);
            }
        }

        // Kernels for another processor may compute nonsense, fast.
        Step();
        var first = precision == Precision.Float32 ? *(float*)_matrices[2] : *(double*)_matrices[2];
        if (first != MatrixContender.Size)
        {
            throw new InvalidOperationException($"OpenBLAS multiplies wrongly here: {first} instead of {MatrixContender.Size}.");
        }
    }

    public void Step() => OpenBlas.Multiply(_precision, MatrixContender.Size, _matrices[0], _matrices[1], _matrices[2]);

    public void Dispose()
    {
        foreach (var matrix in _matrices)
        {
            NativeMemory.AlignedFree(matrix);
        }
    }
}
