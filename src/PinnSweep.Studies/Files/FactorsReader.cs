using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Texts;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>A level with the place it was written at and what file and catalog say of it.</summary>
internal sealed record PlacedLevel(Level Level, Place Place, LevelNote Note)
{
    /// <summary>Its ranges; null where it has none.</summary>
    public LevelSpace? Space { get; init; }
}

/// <summary>Reads <c>factors</c> and the top-level <c>precision</c>; factors that the file does not name get their default level.</summary>
internal sealed class FactorsReader(SourceNode.Map study, Catalog catalog, TextOfPath texts, MistakeList mistakes, PlanningWatch watch, SpaceUse use)
{
    private const int MaximumLevels = 1000;
    private readonly LevelReader _levels = new(catalog, texts, mistakes, watch);
    private readonly SpaceReader _spaces = new(new(catalog, texts, mistakes, watch), catalog, mistakes, use);

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
            foreach (var placed in _spaces.Read(factor, node, key))
            {
                if (levels.Find(other => other.Level == placed.Level) is { } twin)
                {
                    mistakes.Add(node.Place, key, $"level {NearestMatch.Quote(placed.Level.Kind)} is the same as the one at {twin.Place} once defaults are filled in");
                }

                levels.Add(placed);
            }

            if (levels.Count > MaximumLevels)
            {
                mistakes.Add(given.Place, key, FormattableString.Invariant($"has more than {MaximumLevels:N0} levels; each is compared with every other"));
                return [];
            }
        }

        CheckLabels(factor, levels, key);
        return levels;
    }

    /// <summary>A label names one level: no other may be called so, nor be of such a kind, nor look so.</summary>
    private void CheckLabels(Factor factor, List<PlacedLevel> levels, string key)
    {
        if (levels.TrueForAll(placed => placed.Note.Label is null) || levels.Select(placed => placed.Level).Distinct().Count() < levels.Count)
        {
            return;
        }

        // Each with what it would be called without labels: the names that others give way from are no names to take.
        var plain = levels.ConvertAll(placed => placed with { Note = placed.Note with { Label = null } });
        var made = new LabelledLevels(factor, plain, catalog, watch).All;
        foreach (var (placed, own) in levels.Select((placed, own) => (placed, own)))
        {
            watch.Check();
            if (placed.Note.Label is { } label && Rival(label, own) is { } rival)
            {
                mistakes.Add(placed.Place, $"{key}.{LevelReader.LabelKey}", $"{NearestMatch.Quote(label)} names two levels: the one at {rival.Place} {rival.What} {NearestMatch.Quote(rival.Name)}{(rival.Name == label ? "" : ", which looks the same")}");
            }
        }

        (Place Place, string What, string Name)? Rival(string label, int own) => Enumerable.Range(0, levels.Count).Where(other => other != own)
            .SelectMany(other => new (Place Place, string What, string? Name)[]
            {
                (levels[other].Place, "has the label", levels[other].Note.Label),
                (levels[other].Place, "is of the kind", levels[other].Level.Kind),
                (levels[other].Place, "is also called", levels[other].Note.Label is null ? made[other].Label : null),
                (levels[other].Place, "is also called", levels[other].Note.Label is null ? made[other].Exact : null),
            })
            .Where(name => name.Name is not null && LabelText.SameToTheEye.Equals(name.Name, label))
            .Select(name => ((Place, string, string)?)(name.Place, name.What, name.Name!)).FirstOrDefault();
    }

    private List<PlacedLevel> Default(Factor factor, Place place)
    {
        if (StudyDefaults.Kind(factor, catalog) is not { } kind)
        {
            mistakes.Add(place, "factors", $"'{factor.ToWord()}' is missing; expected one or more of {string.Join(", ", catalog.Of(factor).Select(entry => entry.Kind))}");
            return [];
        }

        return _levels.ReadPlaced(factor, new SourceNode.Scalar(place, kind, Plain: true), $"factors.{factor.ToWord()}") is { } level ? [level] : [];
    }
}
