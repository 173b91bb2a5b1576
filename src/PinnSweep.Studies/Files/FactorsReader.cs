namespace PinnSweep.Studies;

/// <summary>A level with the place it was written at.</summary>
internal sealed record PlacedLevel(Level Level, Place Place);

/// <summary>Reads <c>factors</c> and the top-level <c>precision</c>; factors that the file does not name get their default level.</summary>
internal sealed class FactorsReader(SourceNode.Map study, Catalogue catalogue, TextOfPath texts, MistakeList mistakes, PlanningWatch watch)
{
    private const int MaximumLevels = 1000;
    private readonly LevelReader _levels = new(catalogue, texts, mistakes, watch);

    /// <summary>All factors, or null where one has a mistake.</summary>
    public Dictionary<Factor, List<PlacedLevel>>? Read()
    {
        var before = mistakes.Count;
        var names = FactorWords.All.Select(factor => factor.ToWord());
        if (study.Find("factors") is not { } entry)
        {
            mistakes.Add(study.Place, "factors: missing; expected a map with at least 'problem'");
            return null;
        }

        if (entry.Value is not SourceNode.Map map)
        {
            mistakes.Add(entry.Place, "factors", $"expected a map of {string.Join(", ", names)}; found {entry.Value.Words}");
            return null;
        }

        foreach (var unknown in map.Entries.Where(given => FactorWords.FromWord(given.Key) is null))
        {
            mistakes.Add(unknown.Place, "factors", $"unknown factor {NearestMatch.Quote(unknown.Key)}{NearestMatch.Hint(unknown.Key, names)}");
        }

        var factors = FactorWords.All.ToDictionary(factor => factor, factor => Levels(factor, map, entry.Place));
        return mistakes.Count == before ? factors : null;
    }

    private List<PlacedLevel> Levels(Factor factor, SourceNode.Map factors, Place place)
    {
        var key = $"factors.{factor.ToWord()}";
        var given = factors.Find(factor.ToWord());
        if (factor == Factor.Precision && study.Find("precision") is { } top)
        {
            if (given is not null)
            {
                mistakes.Add(given.Place, key, $"precision stands here and at the top ({top.Place}); leave one out");
            }

            (key, given) = ("precision", top);
        }

        if (given is null)
        {
            return Default(factor, place);
        }

        var nodes = given.Value is SourceNode.List list ? list.Items : [given.Value];
        if (nodes is [] or [SourceNode.Scalar { IsNull: true }])
        {
            mistakes.Add(given.Place, key, "empty; expected at least one level, or leave the factor out for its default");
            return [];
        }

        if (nodes.Count > MaximumLevels)
        {
            mistakes.Add(given.Place, key, FormattableString.Invariant($"has {nodes.Count:N0} levels; a factor has at most {MaximumLevels:N0}, because each is compared with every other"));
            return [];
        }

        var levels = new List<PlacedLevel>();
        foreach (var node in nodes)
        {
            watch.Begin($"reading {key}");
            if (_levels.Read(factor, node, key) is not { } level)
            {
                continue;
            }

            if (levels.Find(other => other.Level == level) is { } twin)
            {
                mistakes.Add(node.Place, key, $"level {NearestMatch.Quote(level.Kind)} is the same as the one at {twin.Place} once defaults are filled in");
            }

            levels.Add(new(level, node.Place));
        }

        return levels;
    }

    private List<PlacedLevel> Default(Factor factor, Place place)
    {
        if (StudyDefaults.Kind(factor, catalogue) is not { } kind)
        {
            mistakes.Add(place, "factors", $"'{factor.ToWord()}' is missing; expected one or more of {string.Join(", ", catalogue.Of(factor).Select(entry => entry.Kind))}");
            return [];
        }

        return _levels.Read(factor, new SourceNode.Scalar(place, kind, Plain: true), $"factors.{factor.ToWord()}") is { } level ? [new(level, place)] : [];
    }
}
