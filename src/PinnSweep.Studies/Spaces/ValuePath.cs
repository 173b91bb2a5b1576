using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Spaces;

/// <summary>Where a value stands within a level's parameters: keys of maps, and numbers of elements of lists.</summary>
public sealed record ValuePath(ImmutableArray<string> Steps)
{
    /// <summary>The inverse of <see cref="ToString"/>.</summary>
    public static ValuePath Parse(string text) => new([.. text.Split('.')]);

    /// <summary>The value there; null where there is none.</summary>
    public SpecValue? Find(SpecValue within) => Steps.Aggregate((SpecValue?)within, (value, step) => value switch
    {
        SpecValue.Map map => map.Entries.GetValueOrDefault(step),
        SpecValue.List list when IndexOf(step) is { } index && index < list.Items.Length => list.Items[index],
        _ => null,
    });

    /// <summary>The same with another value there; null takes the entry away.</summary>
    public SpecValue Set(SpecValue within, SpecValue? value) => Set(within, 0, value)!;

    /// <inheritdoc/>
    public bool Equals(ValuePath? other) => other is not null && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override int GetHashCode() => Steps.Aggregate(Steps.Length, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => string.Join('.', Steps);

    private SpecValue? Set(SpecValue within, int depth, SpecValue? value)
    {
        if (depth == Steps.Length)
        {
            return value;
        }

        switch (within)
        {
            case SpecValue.List list when IndexOf(Steps[depth]) is { } index && index < list.Items.Length:
                return new SpecValue.List(list.Items.SetItem(index, Set(list.Items[index], depth + 1, value) ?? SpecValue.None.Value));
            default:
                var map = within as SpecValue.Map ?? SpecValue.Map.Empty;
                var inner = Set(map.Entries.GetValueOrDefault(Steps[depth]) ?? SpecValue.Map.Empty, depth + 1, value);
                return new SpecValue.Map(inner is null ? map.Entries.Remove(Steps[depth]) : map.Entries.SetItem(Steps[depth], inner));
        }
    }

    private static int? IndexOf(string step) => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
