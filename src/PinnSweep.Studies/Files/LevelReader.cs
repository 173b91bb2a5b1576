using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Texts;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>Reads one level (a word or a map with <c>kind</c>) against its entry of the catalog.</summary>
internal sealed class LevelReader(Catalog catalog, TextOfPath texts, MistakeList mistakes, PlanningWatch watch)
{
    private readonly ValueReader _values = new(mistakes);

    /// <summary>The key of a level that names it in tables and is no part of it.</summary>
    public const string LabelKey = "label";

    /// <summary>The level with all defaults, or null where a mistake was added.</summary>
    public Level? Read(Factor factor, SourceNode node, string key) => ReadPlaced(factor, node, key)?.Level;

    /// <summary>The level with its label and what a reader of tables wants to know of it, or null where a mistake was added.</summary>
    public PlacedLevel? ReadPlaced(Factor factor, SourceNode node, string key)
    {
        var before = mistakes.Count;
        if (node is not SourceNode.Map map || map.Find(LabelKey) is not { } given)
        {
            return ReadLevel(factor, node, key) is { } plain ? new(plain, node.Place, Note(factor, plain, node, key, null)) : null;
        }

        var level = ReadLevel(factor, map.Without(LabelKey), key);
        if (level is not null && level.Parameters.Entries.ContainsKey(LabelKey))
        {
            // A constant of a problem file that happens to have this name is set, as ever.
            return ReadLevel(factor, node, key) is { } set ? new(set, node.Place, Note(factor, set, node, key, null)) : null;
        }

        var text = (given.Value as SourceNode.Scalar)?.Text;
        var wrong = given.Value is not SourceNode.Scalar { IsNull: false } ? $"expected text; found {given.Value.Words}"
            : LabelText.WhyNot(text!) is { } why ? $"{NearestMatch.Quote(text!)} {why}"
            : null;
        if (wrong is not null)
        {
            mistakes.Add(given.Place, $"{key}.{LabelKey}", wrong);
        }

        return level is not null && mistakes.Count == before ? new(level, node.Place, Note(factor, level, node, key, text)) : null;
    }

    /// <summary>What a reader of tables wants to know of a level that stands in no file, as those of a design.</summary>
    public LevelNote NoteOf(Factor factor, Level level) => Note(factor, level, new SourceNode.Scalar(new("", 0), level.Kind, Plain: true), "", null);

    private LevelNote Note(Factor factor, Level level, SourceNode node, string key, string? label)
    {
        var whole = catalog.Whole(factor, level);
        var leftOut = new SpecValue.Map(whole.Parameters.Entries.RemoveRange(level.Parameters.Entries.Keys));
        var entry = catalog.Find(factor, level.Kind);
        var notDefault = entry is { FromFile: null } ? entry.Parameters.Where(parameter => whole.Parameters.Entries.GetValueOrDefault(parameter.Name) != parameter.Default).Select(parameter => parameter.Name)
            : node is SourceNode.Map map ? SetOverFile(factor, level, map, key)
            : [];
        return new(label, [.. notDefault.Order(StringComparer.Ordinal)], leftOut);
    }

    /// <summary>The constants of a problem file that the study sets to another value.</summary>
    private IEnumerable<string> SetOverFile(Factor factor, Level level, SourceNode.Map map, string key)
    {
        var untouched = map with { Entries = [.. map.Entries.Where(entry => entry.Key is "kind" or "path")] };
        if (untouched.Entries.Count == map.Entries.Count(entry => entry.Key != LabelKey || level.Parameters.Entries.ContainsKey(LabelKey)))
        {
            return [];
        }

        var file = new LevelReader(catalog, texts, new MistakeList(), watch).ReadLevel(factor, untouched, key);
        return level.Parameters.Entries.Where(entry => entry.Value is SpecValue.Number && file?.Parameters.Entries.GetValueOrDefault(entry.Key) != entry.Value).Select(entry => entry.Key);
    }

    private Level? ReadLevel(Factor factor, SourceNode node, string key)
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

        var entry = catalog.Find(factor, kind.Text);
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
        : catalog.Of(factor).Select(entry => entry.Kind);
}
