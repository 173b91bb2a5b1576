using ILGPU.Runtime.Cuda;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>Whether a driver can run the code that the compiler of the kernels makes for a card.</summary>
internal static class CardSupport
{
    private const int Oldest = 50;

    /// <summary>Why not, in words; null where it can.</summary>
    /// <param name="major">The card's compute capability, before the point.</param>
    /// <param name="minor">The same, behind it.</param>
    /// <param name="driver">The version of CUDA that the driver speaks, as it tells it: 1000 · major + 10 · minor.</param>
    public static string? WhyNot(int major, int minor, int driver)
    {
        if ((10 * major) + minor < Oldest)
        {
            return FormattableString.Invariant($"a card of compute capability {major}.{minor} is too old for the kernels (5.0 at least)");
        }

        var needed = CudaDriverVersionUtils.GetMinimumDriverVersion(new CudaArchitecture(major, minor));
        return driver < needed.Value
            ? FormattableString.Invariant($"the driver speaks CUDA {driver / 1000}.{driver % 1000 / 10}; for a card of compute capability {major}.{minor} it must speak {needed.Major}.{needed.Minor} at least")
            : null;
    }
}
