using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Planning.Recovery;

/// <summary>The cells of stored trials, in the order of the trials, with the levels and seeds that they use.</summary>
internal sealed class TrainedCells
{
    private readonly Dictionary<string, int> _cells = new(StringComparer.Ordinal);
    private readonly Dictionary<Level, string> _texts = new(ReferenceEqualityComparer.Instance);

    public TrainedCells(ImmutableArray<TrialDescription> descriptions)
    {
        var cells = ImmutableArray.CreateBuilder<CellLevels>();
        CellOf =
        [
            .. descriptions.Select(description =>
            {
                var text = TextOf(description.Levels, level => level.ToString());
                if (!_cells.TryGetValue(text, out var cell))
                {
                    _cells[text] = cell = cells.Count;
                    cells.Add(description.Levels);
                }

                return cell;
            }),
        ];
        Cells = cells.ToImmutable();
        Seeds = [.. descriptions.Select(description => description.Seed).Distinct()];
        Levels = FactorWords.All.ToDictionary(factor => factor, factor => Cells.Select(cell => cell[factor]).DistinctBy(level => level.ToString()).ToImmutableArray());
    }

    /// <summary>Each cell once.</summary>
    public ImmutableArray<CellLevels> Cells { get; }

    /// <summary>The cell of each trial.</summary>
    public ImmutableArray<int> CellOf { get; }

    /// <summary>Each seed once.</summary>
    public ImmutableArray<long> Seeds { get; }

    /// <summary>Each level once.</summary>
    public IReadOnlyDictionary<Factor, ImmutableArray<Level>> Levels { get; }

    /// <summary>Whether there is a trial of the cell.</summary>
    public bool Contains(CellLevels cell) => _cells.ContainsKey(TextOf(cell, Known));

    private static string TextOf(CellLevels cell, Func<Level, string> of) =>
        string.Join('\n', of(cell.Problem), of(cell.Network), of(cell.Balancer), of(cell.Sampler), of(cell.Optimizer), of(cell.Time), cell.Precision);

    /// <summary>Cells of one study share its levels, whose texts take longer than all the rest.</summary>
    private string Known(Level level) => _texts.TryGetValue(level, out var text) ? text : _texts[level] = level.ToString();
}
