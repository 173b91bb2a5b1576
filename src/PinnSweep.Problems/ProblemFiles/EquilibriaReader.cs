using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Reads <c>equilibria</c>: constant states that the equations keep, on which networks like to settle. A state that an equation does not
/// keep is told.
/// </summary>
internal sealed class EquilibriaReader(FileScope scope)
{
    private const int MostStates = 16;

    /// <summary>One value for each output of each state, with the places of the states.</summary>
    public IReadOnlyList<(ImmutableArray<double> Values, Place Place)> Read(SourceNode.Map file)
    {
        const string Expected = "expected a list of states, for instance [{u: 0, v: 1}]";
        if (file.Find("equilibria") is not { } entry || entry.Value is SourceNode.Scalar { IsNull: true })
        {
            return [];
        }

        if (entry.Value is not SourceNode.List { Items: { Count: > 0 and <= MostStates } items })
        {
            scope.Mistakes.Add(entry.Value.Place, "equilibria", $"{Expected}; found {entry.Value.Words}");
            return [];
        }

        var states = new List<(ImmutableArray<double> Values, Place Place)>();
        for (var i = 0; i < items.Count; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"equilibria[{i + 1}]");
            if (scope.MapOf(items[i], key, [.. scope.Symbols.Outputs]) is not { } map)
            {
                continue;
            }

            var values = scope.Symbols.Outputs.Select(output => map.Find(output) is { } given ? scope.NumberOf(given.Value, given.Place, $"{key}.{output}") : Missing(output)).ToList();
            if (values.TrueForAll(value => value is not null))
            {
                states.Add(([.. values.Select(value => value!.Value)], items[i].Place));
            }

            double? Missing(string output)
            {
                scope.Mistakes.Add(map.Place, key, $"'{output}' is missing; a state has a value for every output");
                return null;
            }
        }

        return states;
    }

    /// <summary>Tells states that an equation does not keep; one with trained coefficients may.</summary>
    public void Check(Problem problem, IReadOnlyList<(ImmutableArray<double> Values, Place Place)> states)
    {
        for (var k = 0; k < states.Count; k++)
        {
            if (ConstantState.WhyNone(problem, states[k].Values) is { } reason)
            {
                scope.Mistakes.Add(states[k].Place, string.Create(CultureInfo.InvariantCulture, $"equilibria[{k + 1}]"), $"is no constant state: {reason}");
            }
        }
    }
}
