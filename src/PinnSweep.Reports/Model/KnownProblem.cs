using System.Collections.Immutable;

namespace PinnSweep.Reports.Model;

/// <summary>What is known of a problem beside the results on it: the host tells, since a report knows no equations.</summary>
/// <param name="Void">Why no error on it means anything; null where they do.</param>
/// <param name="Yardstick">What a solver without networks takes; null where none is known.</param>
public sealed record KnownProblem(string? Void, Yardstick? Yardstick);

/// <summary>A solver without networks at one resolution.</summary>
/// <param name="Error">Relative L2 error on the test grid.</param>
/// <param name="Seconds">Processor time.</param>
public readonly record struct YardstickPoint(double Error, double Seconds);

/// <summary>How a number of seconds is known.</summary>
internal enum YardstickBound
{
    /// <summary>Between two resolutions.</summary>
    Between,

    /// <summary>The coarsest is better already: it takes less than this.</summary>
    Less,

    /// <summary>The finest is worse: it takes more than this.</summary>
    More,
}

/// <summary>What a solver without networks takes for an error, on one core.</summary>
/// <param name="Method">The solver in words.</param>
/// <param name="Machine">Where it was measured.</param>
/// <param name="Points">Its resolutions from coarse to fine.</param>
public sealed record Yardstick(string Method, string Machine, ImmutableArray<YardstickPoint> Points)
{
    /// <summary>
    /// The seconds for an error: between resolutions on a straight line of logarithms, beyond them a bound. A resolution that takes longer
    /// than another and is no better does not count. Null where there is no resolution.
    /// </summary>
    internal (double Seconds, YardstickBound Bound)? For(double error)
    {
        YardstickPoint[] useful = [.. Points.OrderBy(point => point.Seconds).ThenBy(point => point.Error)];
        useful = [.. useful.Where((point, i) => useful.Take(i).All(before => before.Error > point.Error))];
        if (useful.Length == 0 || double.IsNaN(error))
        {
            return null;
        }

        var finer = Array.FindIndex(useful, point => point.Error <= error);
        return finer switch
        {
            < 0 => (useful[^1].Seconds, YardstickBound.More),
            0 => (useful[0].Seconds, YardstickBound.Less),
            _ => (Between(useful[finer - 1], useful[finer], error), YardstickBound.Between),
        };
    }

    // An error of zero is smaller than any by no number of digits.
    private static double Between(YardstickPoint coarse, YardstickPoint fine, double error)
    {
        var share = fine.Error > 0 ? Math.Log(coarse.Error / error) / Math.Log(coarse.Error / fine.Error) : 1;
        return Math.Exp(Math.Log(coarse.Seconds) + (share * Math.Log(fine.Seconds / coarse.Seconds)));
    }
}
