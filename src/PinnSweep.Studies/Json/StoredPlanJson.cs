using System.Collections.Immutable;
using System.Text.Json;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Json;

/// <summary>
/// A plan as a store keeps it. Reading asks no catalog and computes no key: what is stored is what was run. Levels stand once in a table
/// with their labels, cells and trials point into it: the plan of 100,000 trials has 8 MB. <see cref="StoredPlanReader"/> is the inverse.
/// </summary>
public static class StoredPlanJson
{
    /// <summary>Of the document, whatever the descriptions of trials have.</summary>
    public const int FormatVersion = 1;

    /// <summary>
    /// Of plans in stages, or whose trials may be stopped, which a program that knows version 1 alone would take for plans without.
    /// </summary>
    public const int StagedFormatVersion = 2;

    /// <summary>The plan as one compact JSON object.</summary>
    public static string Write(StudyPlan plan)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, SpecValueJson.Indented with { Indented = false }))
        {
            Write(json, plan);
        }

        return System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, checked((int)bytes.Length));
    }

    /// <summary>The inverse of <see cref="Write(StudyPlan)"/>.</summary>
    /// <exception cref="JsonException">The text is no plan of this format.</exception>
    public static StudyPlan Read(string text) => StoredPlanReader.Read(text);

    private static void Write(Utf8JsonWriter json, StudyPlan plan)
    {
        var spec = plan.Spec;
        var table = new LevelTable();
        var cells = plan.Cells.Select(cell => table.Add(cell.Levels, cell.Labels)).ToArray();
        var left = plan.NotApplicable.Select(cell => table.Add(cell.Levels, cell.Labels)).ToArray();
        var factors = spec.Factors.Select(factor => (factor.Key, Indices: factor.Value.Select(level => table.Find(factor.Key, level)).ToArray())).ToArray();

        json.WriteStartObject();
        json.WriteNumber("format", spec.IsStaged || spec.Design is not null || spec.StopWhen is not null ? StagedFormatVersion : FormatVersion);
        json.WriteString("study", spec.Name);
        json.WriteString("description", spec.Description);
        if (!spec.Hypotheses.IsEmpty)
        {
            WriteArray(json, "hypotheses", spec.Hypotheses, json.WriteStringValue);
        }

        json.WriteString("hash", plan.Hash);
        json.WriteString("metric", spec.Metric);
        WriteBudget(json, "budget", spec.Budget);
        json.WriteNumber("evaluate_every", spec.EvaluateEvery);
        json.WriteNumber("converged_below", spec.ConvergedBelow);
        if (spec.StopWhen is { } rules)
        {
            json.WriteValue("stop_when", rules.ToMap());
        }

        WriteArray(json, "seeds", spec.Seeds, json.WriteNumberValue);
        table.Write(json, "levels");
        json.WriteStartObject("factors");
        foreach (var (factor, indices) in factors)
        {
            WriteArray(json, factor.ToWord(), indices, json.WriteNumberValue);
        }

        json.WriteEndObject();
        WriteNotes(json, spec.Notes);
        if (spec.Methods is { } methods)
        {
            WriteMethods(json, methods, table);
        }

        if (spec.Control is { } control)
        {
            json.WriteStartObject("control");
            json.WriteString("factor", control.Factor.ToWord());
            json.WriteValue("level", control.Level.ToMap());
            json.WriteEndObject();
        }

        WriteArray(json, "exclude", spec.Exclude, rule => WriteConditions(json, null, rule.Conditions));
        WriteArray(json, "published", spec.Published, published => WriteTable(json, published));
        WriteArray(json, "notices", plan.Notices, json.WriteStringValue);
        WriteArray(json, "cells", cells, cell => WriteIndices(json, cell));
        json.WriteStartArray("not_applicable");
        foreach (var (cell, indices) in plan.NotApplicable.Zip(left))
        {
            json.WriteStartObject();
            json.WriteString("reason", cell.Reason);
            WriteArray(json, "levels", indices, json.WriteNumberValue);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteArray(json, "trials", plan.Trials, trial => WriteTrial(json, trial, spec));
        if (spec.IsStaged || spec.Design is not null)
        {
            json.WritePropertyName("staged");
            StageJson.Element(new StagedPart(spec.Tune, spec.Replicate, plan.Searches, plan.Stages) { Design = spec.Design, BudgetExceptions = spec.IsStaged ? spec.BudgetExceptions : [] }).WriteTo(json);
        }

        json.WriteEndObject();
    }

    /// <summary>Name and levels of each; the first of the factors is the one that the names stand for.</summary>
    private static void WriteMethods(Utf8JsonWriter json, NamedMethods methods, LevelTable table) => WriteArray(json, "methods", methods.All, method =>
    {
        json.WriteStartObject();
        json.WriteString("name", method.Name);
        json.WriteStartObject("levels");
        foreach (var factor in methods.Factors)
        {
            json.WriteNumber(factor.ToWord(), table.Find(factor, method.Levels[factor]));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Cell, seed, key; and what else it computes where that is not what the study says.</summary>
    private static void WriteTrial(Utf8JsonWriter json, PlannedTrial trial, StudySpec spec)
    {
        var description = trial.Description;
        json.WriteStartArray();
        json.WriteNumberValue(trial.CellIndex);
        json.WriteNumberValue(description.Seed);
        json.WriteStringValue(trial.Key.Hex);
        if (description.Budget != spec.Budget || description.EvaluateEvery != spec.EvaluateEvery || description.ConvergedBelow != spec.ConvergedBelow)
        {
            json.WriteStartObject();
            WriteBudget(json, "budget", description.Budget);
            json.WriteNumber("evaluate_every", description.EvaluateEvery);
            json.WriteNumber("converged_below", description.ConvergedBelow);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>In the order of the levels; plans of earlier versions have none.</summary>
    private static void WriteNotes(Utf8JsonWriter json, ImmutableSortedDictionary<Factor, ImmutableArray<LevelNote>> all)
    {
        if (all.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("level_notes");
        foreach (var (factor, notes) in all)
        {
            WriteArray(json, factor.ToWord(), notes, note =>
            {
                json.WriteStartObject();
                if (note.Label is not null)
                {
                    json.WriteString("label", note.Label);
                }

                WriteArray(json, "not_default", note.NotDefault, json.WriteStringValue);
                if (note.LeftOut.Entries.Count > 0)
                {
                    json.WriteValue("left_out", note.LeftOut);
                }

                json.WriteEndObject();
            });
        }

        json.WriteEndObject();
    }

    private static void WriteTable(Utf8JsonWriter json, PublishedTable table)
    {
        json.WriteStartObject();
        json.WriteString("source", table.Source);
        json.WriteString("metric", table.Metric);
        json.WriteString("statistic", table.Statistic.ToWord());
        WriteOptional(json, "runs", table.Runs);
        json.WriteString("budget", table.Budget);
        json.WriteString("hardware", table.Hardware);
        json.WriteString("note", table.Note);
        json.WriteNumber("within", table.Within);
        WriteOptional(json, "equivalence", table.Equivalence == PublishedTable.UsualEquivalence ? null : table.Equivalence);
        WriteArray(json, "rows", table.Rows, row =>
        {
            json.WriteStartObject();
            WriteConditions(json, "levels", row.Conditions);
            json.WriteNumber("value", row.Value);
            WriteOptional(json, "sd", row.Deviation);
            WriteOptional(json, "lower", row.Lower);
            WriteOptional(json, "upper", row.Upper);
            if (row.Rerun is { } rerun)
            {
                json.WriteStartObject("rerun");
                json.WriteString("source", rerun.Source);
                WriteArray(json, "values", rerun.Values, json.WriteNumberValue);
                WriteOptional(json, "value", rerun.Value);
                WriteOptional(json, "sd", rerun.Deviation);
                WriteOptional(json, "runs", rerun.Runs);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void WriteConditions(Utf8JsonWriter json, string? name, ImmutableSortedDictionary<Factor, LevelPattern> conditions)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartObject();
        foreach (var (factor, pattern) in conditions)
        {
            json.WriteStartObject(factor.ToWord());
            json.WriteString("kind", pattern.Kind);
            json.WriteValue("parameters", pattern.Parameters);
            if (pattern.LeftOut.Entries.Count > 0)
            {
                json.WriteValue("left_out", pattern.LeftOut);
            }

            if (pattern.Label is not null)
            {
                json.WriteString("label", pattern.Label);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteBudget(Utf8JsonWriter json, string name, Budget budget)
    {
        json.WriteStartObject(name);
        WriteOptional(json, "steps", budget.Steps);
        WriteOptional(json, "seconds", budget.Seconds);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void WriteIndices(Utf8JsonWriter json, int[] indices)
    {
        json.WriteStartArray();
        Array.ForEach(indices, json.WriteNumberValue);
        json.WriteEndArray();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    /// <summary>Each pair of level and label once.</summary>
    private sealed class LevelTable
    {
        private readonly Dictionary<Factor, List<(string Level, string? Label)>> _rows = FactorWords.All.ToDictionary(factor => factor, _ => new List<(string, string?)>());
        private readonly Dictionary<(Factor, string, string?), int> _known = [];
        private readonly Dictionary<Level, string> _texts = new(ReferenceEqualityComparer.Instance);

        public int[] Add(CellLevels levels, ImmutableSortedDictionary<Factor, string> labels) =>
            [.. FactorWords.All.Select(factor => Add(factor, levels[factor], labels.GetValueOrDefault(factor)))];

        /// <summary>A declared level, which stands there already where a cell carries it.</summary>
        public int Find(Factor factor, Level level)
        {
            var text = TextOf(level);
            return _rows[factor].FindIndex(row => row.Level == text) is >= 0 and var index ? index : Add(factor, level, null);
        }

        private int Add(Factor factor, Level level, string? label)
        {
            var text = TextOf(level);
            if (!_known.TryGetValue((factor, text, label), out var index))
            {
                _known[(factor, text, label)] = index = _rows[factor].Count;
                _rows[factor].Add((text, label));
            }

            return index;
        }

        /// <summary>Cells share the levels of their study, and a level's text takes longer than all the rest.</summary>
        private string TextOf(Level level)
        {
            if (!_texts.TryGetValue(level, out var text))
            {
                _texts[level] = text = level.ToString();
            }

            return text;
        }

        public void Write(Utf8JsonWriter json, string name)
        {
            json.WriteStartObject(name);
            foreach (var (factor, rows) in _rows)
            {
                WriteArray(json, factor.ToWord(), rows, row =>
                {
                    json.WriteStartObject();
                    json.WritePropertyName("level");
                    json.WriteRawValue(row.Level);
                    json.WriteString("label", row.Label);
                    json.WriteEndObject();
                });
            }

            json.WriteEndObject();
        }
    }
}
