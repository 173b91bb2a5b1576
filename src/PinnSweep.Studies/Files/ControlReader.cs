namespace PinnSweep.Studies;

/// <summary>
/// Reads <c>control</c>: a kind or a label of one level of the study, a level as a map with <c>kind</c>, or either under its factor's name
/// (<c>control: {sampler: uniform}</c>).
/// </summary>
internal sealed class ControlReader(Dictionary<Factor, List<PlacedLevel>> factors, Catalogue catalogue, TextOfPath texts, MistakeList mistakes, PlanningWatch watch)
{
    public StudyControl? Read(SourceNode? node)
    {
        switch (node)
        {
            case null or SourceNode.Scalar { IsNull: true }:
                return null;
            case SourceNode.Scalar word:
                return Named(word, FactorWords.All);
            case SourceNode.Map { Entries: [var entry] } when FactorWords.FromWord(entry.Key) is { } factor:
                return entry.Value is SourceNode.Scalar level ? Named(level, [factor]) : Written(entry.Value, [factor]);
            case SourceNode.Map map when map.Find("kind") is not null:
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
        var kind = (node as SourceNode.Map)?.Find("kind")?.Value as SourceNode.Scalar;
        var factor = among.Where(candidate => among.Count == 1 || factors[candidate].Exists(placed => placed.Level.Kind == kind?.Text)).Select(known => (Factor?)known).FirstOrDefault();
        if (factor is null)
        {
            return Named(kind ?? new SourceNode.Scalar(node.Place, "", Plain: true), among);
        }

        if (new LevelReader(catalogue, texts, mistakes, watch).Read(factor.Value, node, "control") is not { } level)
        {
            return null;
        }

        if (!factors[factor.Value].Exists(placed => placed.Level == level))
        {
            mistakes.Add(node.Place, "control", $"the study has no such {factor.Value.ToWord()}; its levels: {string.Join(", ", Labelled(factor.Value).Select(candidate => candidate.Label))}");
            return null;
        }

        return new(factor.Value, level);
    }

    private IEnumerable<(StudyControl Control, string Label)> Labelled(Factor factor)
    {
        var levels = factors[factor].Select(placed => placed.Level).ToList();
        return levels.Zip(LevelLabels.Of(factor, levels, catalogue, watch), (level, label) => (new StudyControl(factor, level), label));
    }
}
