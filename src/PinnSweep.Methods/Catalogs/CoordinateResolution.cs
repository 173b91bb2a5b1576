using System.Globalization;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Texts;

namespace PinnSweep.Methods.Catalogs;

/// <summary>Whether numbers of a precision tell the points of a coordinate apart: times in seconds since 1970 are 128 s apart in float32.</summary>
internal static class CoordinateResolution
{
    // Coarser than a hundredth; what is finer than that is told by the diagnosis of a trial.
    private const double Least = 100;

    /// <summary>Why they do not, or too few; null where they do.</summary>
    /// <param name="problem">In the units that networks meet it in.</param>
    /// <param name="precision">That of the network.</param>
    public static string? WhyNot(Problem problem, Precision precision)
    {
        foreach (var axis in precision == Precision.Float32 ? problem.Axes : [])
        {
            var largest = (float)Math.Max(Math.Abs(axis.Lower), Math.Abs(axis.Upper));
            var spacing = MathF.BitIncrement(largest) - largest;
            if (spacing * Least > axis.Extent)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"float32 numbers near {axis.Name} = {axis.Upper:G12} are {ShortNumber.Rounded(spacing, 3)} apart, which is too coarse for a range of {ShortNumber.Rounded(axis.Extent, 3)}; leave 'scale: none' out of the problem file, give {axis.Name} an offset there (scale: {{{axis.Name}: {{offset: {axis.Lower:R}}}}}), or take precision float64");
            }
        }

        return null;
    }
}
