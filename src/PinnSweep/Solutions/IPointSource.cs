using System.Collections.Immutable;

namespace PinnSweep.Solutions;

/// <summary>Points that come a block at a time, so that any number of them fits.</summary>
internal interface IPointSource : IDisposable
{
    /// <summary>Points of each axis of a grid; empty where they are no grid.</summary>
    ImmutableArray<int> Shape { get; }

    /// <summary>The next points.</summary>
    /// <param name="points">Row-major, room for a block.</param>
    /// <returns>How many; 0 at the end.</returns>
    int Next(Span<double> points);
}
