using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Json;

/// <summary>Reads what <see cref="StoredPlanJson"/> writes.</summary>
internal static class StoredPlanReader
{
    public static StudyPlan Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.GetProperty("format").GetInt32() is StoredPlanJson.FormatVersion or StoredPlanJson.StagedFormatVersion
                ? Plan(document.RootElement)
                : throw new JsonException($"a stored plan of format {document.RootElement.GetProperty("format")}; this version reads {StoredPlanJson.FormatVersion} and {StoredPlanJson.StagedFormatVersion}");
        }
        catch (Exception broken) when (broken is InvalidOperationException or KeyNotFoundException or FormatException or InvalidCastException or IndexOutOfRangeException or OverflowException)
        {
            throw new JsonException($"no stored plan: {broken.Message}", broken);
        }
    }

    private static StudyPlan Plan(JsonElement json)
    {
        var table = FactorWords.All.ToDictionary(
            factor => factor,
            factor => List(json.GetProperty("levels").GetProperty(factor.ToWord()), row => (Level: Level.FromMap(Map(row.GetProperty("level"))), Label: Words(row, "label"))));
        var spec = new StudySpec(
            json.GetProperty("study").GetString()!,
            json.GetProperty("metric").GetString()!,
            List(json.GetProperty("seeds"), seed => seed.GetInt64()),
            json.GetProperty("factors").EnumerateObject().ToImmutableSortedDictionary(
                factor => FactorOf(factor.Name), factor => List(factor.Value, index => table[FactorOf(factor.Name)][index.GetInt32()].Level)),
            List(json.GetProperty("exclude"), rule => new ExcludeRule(Conditions(rule))),
            BudgetOf(json.GetProperty("budget")),
            json.GetProperty("evaluate_every").GetInt32(),
            json.GetProperty("converged_below").GetDouble(),
            json.TryGetProperty("control", out var control)
                ? new(FactorOf(control.GetProperty("factor").GetString()!), Level.FromMap(Map(control.GetProperty("level"))))
                : null)
        {
            Description = Words(json, "description"),
            StopWhen = json.TryGetProperty("stop_when", out var rules) ? StopRules.FromMap(Map(rules)) : null,
            Hypotheses = json.TryGetProperty("hypotheses", out var hypotheses) ? List(hypotheses, text => text.GetString()!) : [],
            Published = List(json.GetProperty("published"), Table),
            Methods = json.TryGetProperty("methods", out var methods) ? Methods(methods, table) : null,
            Notes = json.TryGetProperty("level_notes", out var notes)
                ? notes.EnumerateObject().ToImmutableSortedDictionary(factor => FactorOf(factor.Name), factor => List(factor.Value, Note))
                : ImmutableSortedDictionary<Factor, ImmutableArray<LevelNote>>.Empty,
        };
        var staged = json.TryGetProperty("staged", out var part) ? StageJson.Parse<StagedPart>(part) : null;
        spec = staged is null ? spec : spec with { Tune = staged.Tune, Replicate = staged.Replicate, Design = staged.Design, BudgetExceptions = staged.BudgetExceptions };
        var cells = List(json.GetProperty("cells"), cell => CellOf(cell, table));
        return new(
            spec,
            json.GetProperty("hash").GetString()!,
            cells,
            List(json.GetProperty("not_applicable"), left => CellOf(left.GetProperty("levels"), table) is var cell
                ? new NotApplicableCell(cell.Levels, cell.Labels, left.GetProperty("reason").GetString()!)
                : null!),
            List(json.GetProperty("trials"), trial => Trial(trial, cells, spec)))
        {
            Notices = List(json.GetProperty("notices"), notice => notice.GetString()!),
            Searches = staged?.Searches ?? [],
            Stages = staged?.Stages ?? [],
        };
    }

    private static Cell CellOf(JsonElement json, Dictionary<Factor, ImmutableArray<(Level Level, string? Label)>> table)
    {
        var rows = FactorWords.All.Zip(json.EnumerateArray(), (factor, index) => (factor, Row: table[factor][index.GetInt32()])).ToDictionary(row => row.factor, row => row.Row);
        return new(
            new(
                rows[Factor.Problem].Level, rows[Factor.Network].Level, rows[Factor.Balancer].Level, rows[Factor.Sampler].Level, rows[Factor.Optimizer].Level, rows[Factor.Time].Level,
                PrecisionWords.FromWord(rows[Factor.Precision].Level.Kind)!.Value),
            rows.Where(row => row.Value.Label is not null).ToImmutableSortedDictionary(row => row.Key, row => row.Value.Label!));
    }

    private static PlannedTrial Trial(JsonElement json, ImmutableArray<Cell> cells, StudySpec spec)
    {
        var (cell, seed, key) = (json[0].GetInt32(), json[1].GetInt64(), new TrialKey(json[2].GetString()!));
        var description = spec.Describe(cells[cell].Levels, seed);
        return new(
            key,
            json.GetArrayLength() == 3 ? description : description with
            {
                Budget = BudgetOf(json[3].GetProperty("budget")),
                EvaluateEvery = json[3].GetProperty("evaluate_every").GetInt32(),
                ConvergedBelow = json[3].GetProperty("converged_below").GetDouble(),
            },
            cell);
    }

    private static NamedMethods Methods(JsonElement json, Dictionary<Factor, ImmutableArray<(Level Level, string? Label)>> table) => new(
        [.. json[0].GetProperty("levels").EnumerateObject().Select(level => FactorOf(level.Name))],
        List(json, method => new NamedMethod(
            method.GetProperty("name").GetString()!,
            method.GetProperty("levels").EnumerateObject().ToImmutableSortedDictionary(level => FactorOf(level.Name), level => table[FactorOf(level.Name)][level.Value.GetInt32()].Level))));

    private static PublishedTable Table(JsonElement json) => new(
        json.GetProperty("source").GetString()!,
        json.GetProperty("metric").GetString()!,
        PublishedStatisticWords.FromWord(json.GetProperty("statistic").GetString()) ?? throw new JsonException($"no statistic is called {NearestMatch.Quote(json.GetProperty("statistic").GetString() ?? "")}"),
        (int?)Number(json, "runs"),
        Words(json, "budget"),
        Words(json, "hardware"),
        Words(json, "note"),
        json.GetProperty("within").GetDouble(),
        List(json.GetProperty("rows"), Row))
    {
        // Absent in what was stored before there was a factor.
        Equivalence = Number(json, "equivalence") ?? PublishedTable.UsualEquivalence,
    };

    private static PublishedValue Row(JsonElement json) => new(
        Conditions(json.GetProperty("levels")), json.GetProperty("value").GetDouble(), Number(json, "sd"), Number(json, "lower"), Number(json, "upper"))
    {
        Rerun = json.TryGetProperty("rerun", out var rerun)
            ? new(rerun.GetProperty("source").GetString()!, List(rerun.GetProperty("values"), value => value.GetDouble()), Number(rerun, "value"), Number(rerun, "sd"), (int?)Number(rerun, "runs"))
            : null,
    };

    private static ImmutableSortedDictionary<Factor, LevelPattern> Conditions(JsonElement json) => json.EnumerateObject().ToImmutableSortedDictionary(
        condition => FactorOf(condition.Name), condition => new LevelPattern(Words(condition.Value, "kind"), Map(condition.Value.GetProperty("parameters")))
        {
            LeftOut = LeftOut(condition.Value),
            Label = Optional(condition.Value, "label"),
        });

    private static LevelNote Note(JsonElement json) => new(Optional(json, "label"), List(json.GetProperty("not_default"), name => name.GetString()!), LeftOut(json));

    private static SpecValue.Map LeftOut(JsonElement json) => json.TryGetProperty("left_out", out var leftOut) ? Map(leftOut) : SpecValue.Map.Empty;

    private static string? Optional(JsonElement json, string name) => json.TryGetProperty(name, out var words) ? words.GetString() : null;

    private static Budget BudgetOf(JsonElement json) => new((int?)Number(json, "steps"), Number(json, "seconds"));

    private static Factor FactorOf(string word) => FactorWords.FromWord(word) ?? throw new JsonException($"no factor is called {NearestMatch.Quote(word)}");

    private static SpecValue.Map Map(JsonElement json) => (SpecValue.Map)SpecValue.FromJson(json);

    private static double? Number(JsonElement json, string name) => json.TryGetProperty(name, out var number) ? number.GetDouble() : null;

    private static string? Words(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static ImmutableArray<T> List<T>(JsonElement json, Func<JsonElement, T> read)
    {
        var items = ImmutableArray.CreateBuilder<T>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
        {
            items.Add(read(item));
        }

        return items.MoveToImmutable();
    }
}
