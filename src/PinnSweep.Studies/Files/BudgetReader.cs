using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Files;

/// <summary>Reads <c>budget</c>: steps or seconds for every trial, and the cells that take others.</summary>
internal sealed class BudgetReader(MistakeList mistakes)
{
    private const string Key = "budget";
    private const string ExceptKey = "except";
    private const string Expected = "expected {steps: N} or {seconds: T}";
    private static readonly string[] Units = ["steps", "seconds"];
    private readonly ValueReader _values = new(mistakes);

    /// <summary>The budget of all cells without an exception; null where a mistake was added.</summary>
    public Budget? Read(SourceNode.Map study)
    {
        if (study.Find(Key) is not { } entry)
        {
            mistakes.Add(study.Place, $"{Key}: missing; {Expected}");
            return null;
        }

        if (entry.Value is not SourceNode.Map map)
        {
            mistakes.Add(entry.Place, Key, $"{Expected}; found {entry.Value.Words}");
            return null;
        }

        string[] keys = [.. Units, ExceptKey];
        foreach (var unknown in map.Entries.Where(given => !keys.Contains(given.Key)))
        {
            mistakes.Add(unknown.Place, Key, $"unknown key {NearestMatch.Quote(unknown.Key)}{NearestMatch.Hint(unknown.Key, keys)}");
        }

        return Amount(map, entry.Place, Key);
    }

    /// <summary>What <c>except</c> says, in its order: the first that fits a cell holds.</summary>
    /// <param name="study">The file.</param>
    /// <param name="budget">That of the other cells, in whose unit the exceptions are.</param>
    /// <param name="patterns">Reads parts of levels.</param>
    public ImmutableArray<BudgetException> Exceptions(SourceNode.Map study, Budget? budget, ExcludeReader patterns)
    {
        if ((study.Find(Key)?.Value as SourceNode.Map)?.Find(ExceptKey) is not { Value: not SourceNode.Scalar { IsNull: true } } given || budget is null)
        {
            return [];
        }

        var rules = given.Value is SourceNode.List list ? list.Items : [given.Value];
        return [.. rules.Select(rule => Exception(rule, budget, patterns)).OfType<BudgetException>()];
    }

    private BudgetException? Exception(SourceNode node, Budget budget, ExcludeReader patterns)
    {
        const string Section = $"{Key}.{ExceptKey}";
        if (node is not SourceNode.Map map || !map.Entries.Any(entry => !Units.Contains(entry.Key)))
        {
            mistakes.Add(node.Place, Section, $"expected levels and what they take, for instance {{sampler: rad, steps: 50000}}; found {node.Words}");
            return null;
        }

        var before = mistakes.Count;
        var cells = patterns.Conditions(new(map.Place, [.. map.Entries.Where(entry => !Units.Contains(entry.Key))]), Section);
        var amount = Amount(map, map.Place, Section);
        if (amount is not null && amount.Steps is null != budget.Steps is null)
        {
            mistakes.Add(map.Place, Section, $"takes {amount}, the other trials {budget}; give both in {(budget.Steps is null ? "seconds" : "steps")}");
        }

        return mistakes.Count == before ? new(new(cells), amount!) : null;
    }

    private Budget? Amount(SourceNode.Map map, Place place, string key)
    {
        switch (map.Find("steps"), map.Find("seconds"))
        {
            case (null, null):
                mistakes.Add(place, key, $"{Expected}; found neither");
                return null;
            case ({ } steps, null):
                return _values.Read(new ParameterType.Integer(1), steps.Value, $"{key}.steps") is SpecValue.Number { Value: var count }
                    ? Budget.OfSteps(checked((int)count))
                    : null;
            case (null, { } seconds):
                return _values.Read(new ParameterType.Number(0, 1e9, ExclusiveMinimum: true), seconds.Value, $"{key}.seconds") is SpecValue.Number { Value: var time }
                    ? Budget.OfSeconds(time)
                    : null;
            case (_, { } second):
                mistakes.Add(second.Place, key, $"{Expected}; found both");
                return null;
        }
    }
}
