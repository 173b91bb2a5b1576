using System.Collections.Immutable;
using System.Globalization;

namespace PinnSweep.Problems.Places;

/// <summary>
/// Ranges of some coordinates: a part of a domain or of a side. A range whose ends are one is a value that the coordinate has there.
/// </summary>
public sealed class Limits : IEquatable<Limits>
{
    private readonly ImmutableSortedDictionary<int, (double Lower, double Upper)> _ranges;

    private Limits(ImmutableSortedDictionary<int, (double Lower, double Upper)> ranges) => _ranges = ranges;

    /// <summary>None at all.</summary>
    public static Limits None { get; } = new(ImmutableSortedDictionary<int, (double Lower, double Upper)>.Empty);

    /// <summary>The coordinates that have a range, in order.</summary>
    public IEnumerable<int> Axes => _ranges.Keys;

    /// <summary>The coordinates that have one value, in order.</summary>
    public IEnumerable<int> Fixed => _ranges.Where(range => range.Value.Lower == range.Value.Upper).Select(range => range.Key);

    /// <summary>The range of a coordinate; infinite where there is none.</summary>
    public (double Lower, double Upper) Of(int axis) => _ranges.TryGetValue(axis, out var range) ? range : (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>These with a range of one coordinate more; where it has one already, what both have in common.</summary>
    public Limits With(int axis, double lower, double upper) =>
        new(_ranges.SetItem(axis, Of(axis) is var known ? (Math.Max(lower, known.Lower), Math.Min(upper, known.Upper)) : default));

    /// <summary>These without the range of a coordinate.</summary>
    public Limits Without(int axis) => new(_ranges.Remove(axis));

    /// <summary>These and others.</summary>
    public Limits And(Limits? other) => other is null ? this : other.Axes.Aggregate(this, (limits, axis) => limits.With(axis, other.Of(axis).Lower, other.Of(axis).Upper));

    /// <summary>Whether a point keeps them, those of one coordinate left out where it is told.</summary>
    public bool Contains(ReadOnlySpan<double> point, int except = -1)
    {
        foreach (var (axis, (lower, upper)) in _ranges)
        {
            if (axis != except && !(point[axis] >= lower && point[axis] <= upper))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>x &lt; 0.5 and t &gt; 0.1</c>, <c>0.1 &lt; x &lt; 0.3</c>, <c>x = 0.5</c>.</summary>
    /// <param name="names">Of the coordinates.</param>
    public string Words(IReadOnlyList<string> names) => string.Join(" and ", _ranges.Select(range => range.Value switch
    {
        (var lower, var upper) when lower == upper => $"{names[range.Key]} = {Number(lower)}",
        (double.NegativeInfinity, var upper) => $"{names[range.Key]} < {Number(upper)}",
        (var lower, double.PositiveInfinity) => $"{names[range.Key]} > {Number(lower)}",
        (var lower, var upper) => $"{Number(lower)} < {names[range.Key]} < {Number(upper)}",
    }));

    /// <inheritdoc/>
    public bool Equals(Limits? other) => other is not null && _ranges.SequenceEqual(other._ranges);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Limits);

    /// <inheritdoc/>
    public override int GetHashCode() => _ranges.Aggregate(17, (hash, range) => HashCode.Combine(hash, range.Key, range.Value));

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
