namespace PinnSweep.Studies;

/// <summary>Reads one level (a word or a map with <c>kind</c>) against its entry of the catalogue.</summary>
internal sealed class LevelReader(Catalogue catalogue, TextOfPath texts, MistakeList mistakes, PlanningWatch watch)
{
    private readonly ValueReader _values = new(mistakes);

    /// <summary>The level with all defaults, or null where a mistake was added.</summary>
    public Level? Read(Factor factor, SourceNode node, string key)
    {
        var (kind, map) = node switch
        {
            SourceNode.Scalar scalar => (scalar, new SourceNode.Map(scalar.Place, [])),
            SourceNode.Map given => (given.Find("kind")?.Value as SourceNode.Scalar, given),
            _ => (null, null),
        };
        if (map is null || kind is null || kind.IsNull)
        {
            mistakes.Add(node.Place, key, $"expected a {factor.ToWord()}: its kind, or a map with 'kind' and parameters; found {node.Words}{(map is { Entries.Count: > 0 } ? " without a kind" : "")}; kinds: {string.Join(", ", Kinds(factor))}");
            return null;
        }

        if (!Kinds(factor).Contains(kind.Text))
        {
            mistakes.Add(kind.Place, key, $"unknown {factor.ToWord()} {NearestMatch.Quote(kind.Text)}{NearestMatch.Hint(kind.Text, Kinds(factor))}");
            return null;
        }

        var entry = catalogue.Find(factor, kind.Text);
        if (entry?.FromFile is { } fromFile)
        {
            return fromFile(map, $"{key}[{kind.Text}]", texts, mistakes, watch);
        }

        var parameters = entry?.Parameters ?? [];
        return _values.ReadMembers(parameters, map, $"{key}[{kind.Text}]", except: "kind") is { } values ? new(kind.Text, values) : null;
    }

    /// <summary>Where no file may be named.</summary>
    public static string NoTexts(string path) => throw new UserMistakeException($"{NearestMatch.Quote(path)}: no file can be named here; write a study file and put it beside");

    private IEnumerable<string> Kinds(Factor factor) => factor == Factor.Precision
        ? Enum.GetValues<Precision>().Select(precision => precision.ToWord())
        : catalogue.Of(factor).Select(entry => entry.Kind);
}
