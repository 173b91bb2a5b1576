using System.Collections.Immutable;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.Scales;

/// <summary>What a problem file says of its scales.</summary>
/// <param name="IsNone">Whether all is left as it is (<c>scale: none</c>).</param>
/// <param name="Units">Units of coordinates, outputs and coefficients by name.</param>
internal sealed record GivenUnits(bool IsNone, ImmutableDictionary<string, Unit> Units)
{
    /// <summary><c>scale: auto</c>.</summary>
    public static GivenUnits Auto { get; } = new(false, ImmutableDictionary.Create<string, Unit>(StringComparer.Ordinal));
}
