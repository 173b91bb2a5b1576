using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;

namespace PinnSweep.Studies.Files;

/// <summary>
/// Reads <c>control</c>: a kind or a label of one level of the study, a level as a map with <c>kind</c>, a label as <c>{label: big}</c>, or
/// any of them under its factor's name (<c>control: {sampler: uniform}</c>).
/// </summary>
internal sealed class ControlReader(Dictionary<Factor, List<PlacedLevel>> factors, Catalog catalog, TextOfPath texts, MistakeList mistakes, PlanningWatch watch)
{
    /// <summary>Methods, of which the first is the only control; null where there are none.</summary>
    public NamedMethods? Methods { get; init; }

    public StudyControl? Read(SourceNode? node)
    {
        if (Methods is not null && node is not (null or SourceNode.Scalar { IsNull: true }))
        {
            var first = Methods.All[0];
            if ((node as SourceNode.Scalar)?.Text != first.Name)
            {
                mistakes.Add(node.Place, "control", $"expected {NearestMatch.Quote(first.Name)}, the first of '{MethodsReader.Key}'; put the one first that others are to be compared with; found {node.Words}");
            }

            return new(Methods.Carrier, first.Levels[Methods.Carrier]);
        }

        switch (node)
        {
            case null or SourceNode.Scalar { IsNull: true }:
                return null;
            case SourceNode.Scalar word:
                return Named(word, FactorWords.All);
            case SourceNode.Map { Entries: [var entry] } when FactorWords.FromWord(entry.Key) is { } factor:
                return entry.Value is SourceNode.Scalar level ? Named(level, [factor]) : Written(entry.Value, [factor]);
            case SourceNode.Map map when map.Find("kind") is not null || map.Find(LevelReader.LabelKey) is not null:
                return Written(map, FactorWords.All);
            default:
                mistakes.Add(node.Place, "control", $"expected a level of the study, for instance static or {{balancer: static}}; found {node.Words}");
                return null;
        }
    }

    private StudyControl? Named(SourceNode.Scalar word, IReadOnlyList<Factor> among)
    {
        var candidates = among.SelectMany(Labelled).ToList();
        var byLabel = candidates.FindAll(candidate => candidate.Label == word.Text);
        byLabel = byLabel.Count > 0 ? byLabel : candidates.FindAll(candidate => candidate.Exact == word.Text);
        var found = byLabel.Count > 0 ? byLabel : candidates.FindAll(candidate => candidate.Control.Level.Kind == word.Text);
        switch (found)
        {
            case [var only]:
                return only.Control;
            case []:
                var varied = candidates.FindAll(candidate => factors[candidate.Control.Factor].Count > 1);
                var hint = NearestMatch.Hint(word.Text, (varied.Count > 0 ? varied : candidates).Select(candidate => candidate.Label).Distinct());
                mistakes.Add(word.Place, "control", $"{NearestMatch.Quote(word.Text)} is not a level of this study{hint}");
                return null;
            default:
                mistakes.Add(word.Place, "control", $"{NearestMatch.Quote(word.Text)} may be {string.Join(" or ", found.Select(candidate => $"{{{candidate.Control.Factor.ToWord()}: {candidate.Label}}}"))}; write which");
                return null;
        }
    }

    private StudyControl? Written(SourceNode node, IReadOnlyList<Factor> among)
    {
        if (node is SourceNode.Map { Entries: [{ Key: LevelReader.LabelKey, Value: SourceNode.Scalar label }] })
        {
            return Named(label, among);
        }

        var kind = (node as SourceNode.Map)?.Find("kind")?.Value as SourceNode.Scalar;
        var factor = among.Where(candidate => among.Count == 1 || factors[candidate].Exists(placed => placed.Level.Kind == kind?.Text)).Select(known => (Factor?)known).FirstOrDefault();
        if (factor is null)
        {
            return Named(kind ?? new SourceNode.Scalar(node.Place, "", Plain: true), among);
        }

        if (new LevelReader(catalog, texts, mistakes, watch).ReadPlaced(factor.Value, node, "control") is not { } level)
        {
            return null;
        }

        if (factors[factor.Value].Find(placed => placed.Level == level.Level) is not { } found)
        {
            mistakes.Add(node.Place, "control", $"the study has no such {factor.Value.ToWord()}; its levels: {string.Join(", ", Labelled(factor.Value).Select(candidate => candidate.Label))}");
            return null;
        }

        if (level.Note.Label is { } given && given != found.Note.Label)
        {
            mistakes.Add(node.Place, "control", $"the level at {found.Place} is not called {NearestMatch.Quote(given)}; name it by label or by kind and parameters");
            return null;
        }

        return new(factor.Value, level.Level);
    }

    private IEnumerable<(StudyControl Control, string Label, string Exact)> Labelled(Factor factor) =>
        new LabelledLevels(factor, factors[factor], catalog, watch).All.Select(level => (new StudyControl(factor, level.Placed.Level), level.Label, level.Exact));
}
