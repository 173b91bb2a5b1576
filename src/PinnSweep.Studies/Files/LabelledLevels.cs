using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Files;

/// <summary>A level with what tables call it.</summary>
/// <param name="Placed">The level.</param>
/// <param name="Label">Its label.</param>
/// <param name="Exact">Its label with every number in full, as files of earlier versions may name it.</param>
internal sealed record LabelledLevel(PlacedLevel Placed, string Label, string Exact);

/// <summary>The levels of a factor under the labels by which the rest of a study file may name them.</summary>
internal sealed class LabelledLevels
{
    private readonly Lazy<List<LabelledLevel>> _all;

    public LabelledLevels(Factor factor, List<PlacedLevel> placed, Catalog catalog, PlanningWatch watch) => _all = new(() =>
    {
        var levels = placed.ConvertAll(one => one.Level);
        var given = placed.ConvertAll(one => one.Note.Label);
        var labels = LevelLabels.Of(factor, levels, catalog, watch, given);
        var exact = LevelLabels.Unshortened(factor, levels, catalog, watch, given);
        return [.. placed.Select((one, i) => new LabelledLevel(one, labels[i], exact[i]))];
    });

    /// <summary>All of them, in the order of the file.</summary>
    public List<LabelledLevel> All => _all.Value;

    /// <summary>The level with this label; null where none has it.</summary>
    public LabelledLevel? Find(string label) => All.Find(one => one.Label == label) ?? All.Find(one => one.Exact == label);
}
