using System.Collections.Immutable;

namespace PinnSweep.Reports.Drawing;

/// <summary>What a point of a cloud is.</summary>
public enum PointKind
{
    /// <summary>One of many.</summary>
    Ordinary,

    /// <summary>Stopped before its end.</summary>
    Censored,

    /// <summary>Without a value; its ordinate only says where it is shown.</summary>
    Failed,

    /// <summary>The one to compare with.</summary>
    Default,

    /// <summary>The one that was taken.</summary>
    Chosen,
}

/// <summary>Points that no line joins.</summary>
/// <param name="Kind">How they look.</param>
/// <param name="X">Abscissae, in any order.</param>
/// <param name="Y">Ordinates.</param>
public sealed record FigurePoints(PointKind Kind, ImmutableArray<double> X, ImmutableArray<double> Y);
