using System.Collections.Immutable;
using PinnSweep.Methods.Optimizers.Parts;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// Optimizers one after another. Each phase but the last takes its number of steps of the trial's budget; the last takes what is left. A
/// phase begins with a fresh state at the θ that the one before it left. A step is a step of the phase it falls into, whatever it costs:
/// the events of a result say how many evaluations line searches made.
/// </summary>
internal sealed class PhasedOptimizer : IOptimizer
{
    private static readonly Parameter<int> AdamSteps = MethodParameters.Count(
        "adam_steps", 11000, "steps of the budget that are Adam's (arXiv 2402.01868: 1,000, 11,000 or 31,000)");
    private static readonly Parameter<int?> StepsOfPhase = MethodParameters.OptionalCount(
        "steps", "steps of the budget that the phase takes; null, for the last phase only, takes the rest");

    private readonly ImmutableArray<Phase> _phases;
    private int _current;
    private long _taken;

    private PhasedOptimizer(ImmutableArray<Phase> phases) => _phases = phases;

    /// <inheritdoc/>
    public double LearningRate => Current.LearningRate;

    /// <inheritdoc/>
    public double BaseLearningRate => _phases[0].Optimizer.BaseLearningRate;

    /// <inheritdoc/>
    public bool IsAtRest => _current == _phases.Length - 1 && Current.IsAtRest;

    /// <summary>The entry of the general form, over these optimizers.</summary>
    internal static OptimizerEntry EntryOver(ImmutableArray<OptimizerEntry> members)
    {
        var phases = PhasesOver(members);
        return new(
            new(
                Factor.Optimizer,
                "phases",
                "optimizers one after another, each for a number of steps and the last to the end of the budget",
                "Rathore, Lei, Frangella, Lu, Udell, ICML 2024, arXiv 2402.01868 (Adam, L-BFGS, NNCG in turn)",
                [phases]),
            (context, level) => new PhasedOptimizer(Phases(context, phases.Of(level), members)))
        {
            Needs = level => Needs(phases.Of(level), members),
        };
    }

    /// <summary>Adam for some steps, then L-BFGS, as one kind: the parameters of both, and how many steps are Adam's.</summary>
    internal static OptimizerEntry AdamLbfgs { get; } = new(
        new(
            Factor.Optimizer,
            "adam-lbfgs",
            "Adam for a number of steps, then L-BFGS to the end of the budget",
            "Raissi, Perdikaris, Karniadakis, J. Comput. Phys. 378, 2019, doi:10.1016/j.jcp.2018.10.045; Rathore et al., ICML 2024, arXiv 2402.01868",
            [
                AdamSteps,
                .. Adam.Entry.Method.Parameters,
                .. Lbfgs.Entry.Method.Parameters.Where(parameter => parameter != StatePrecision.Parameter),
            ]),
        (context, level) => new PhasedOptimizer(Phases(context, AdamThenLbfgs(level), [Adam.Entry, Lbfgs.Entry])))
    {
        Needs = level => Needs(AdamThenLbfgs(level), [Adam.Entry, Lbfgs.Entry]),
    };

    /// <inheritdoc/>
    public void Step(Span<double> theta, ReadOnlySpan<double> gradient, double loss, IObjective objective)
    {
        while (_phases[_current].Steps is { } steps && _taken >= steps)
        {
            (_current, _taken) = (_current + 1, 0);
        }

        Current.Step(theta, gradient, loss, objective);
        _taken++;
    }

    /// <inheritdoc/>
    public void State(StateArchive archive)
    {
        archive.Count("phase", ref _current);
        archive.Count("taken", ref _taken);
        Current.State(archive);
    }

    private IOptimizer Current => _phases[_current].Optimizer;

    private static Parameter<ImmutableArray<(Level Level, int? Steps)>> PhasesOver(ImmutableArray<OptimizerEntry> members) => new(
        "phases",
        new ParameterType.ListOf(new ParameterType.MethodOf([.. members.Select(member => member.Method)], [StepsOfPhase]), 1),
        null,
        "the phases in order, for instance [{kind: adam, steps: 5000}, {kind: ssbroyden}]",
        value => [.. ((SpecValue.List)value).Items.Cast<SpecValue.Map>().Select(LevelOf)]);

    private static (Level Level, int? Steps) LevelOf(SpecValue.Map phase) =>
        (Level.FromMap(new(phase.Entries.Remove(StepsOfPhase.Name))), StepsOfPhase.Of(phase));

    private static ImmutableArray<(Level Level, int? Steps)> AdamThenLbfgs(Level level)
    {
        return [(Part(Adam.Entry.Method), AdamSteps.Of(level)), (Part(Lbfgs.Entry.Method), null)];

        Level Part(MethodEntry method) =>
            method.Parameters.Where(parameter => parameter.Absent is null || level.Parameters.Entries.ContainsKey(parameter.Name))
                .Aggregate(Level.Of(method.Kind), (part, parameter) => part.With(parameter.Name, level.Parameters.Entries[parameter.Name]));
    }

    private static ImmutableArray<Phase> Phases(OptimizerContext context, ImmutableArray<(Level Level, int? Steps)> parts, ImmutableArray<OptimizerEntry> members)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            var isLast = i == parts.Length - 1;
            if (isLast != parts[i].Steps is null)
            {
                throw new UserMistakeException(isLast
                    ? $"optimizer 'phases': the last phase ({parts[i].Level.Kind}) takes the rest of the budget; leave its 'steps' out"
                    : $"optimizer 'phases': phase {i + 1} ({parts[i].Level.Kind}) needs 'steps', the part of the budget that it takes; only the last goes without");
            }
        }

        return [.. parts.Select(part => new Phase(Member(members, part.Level).Create(context, part.Level), part.Steps))];
    }

    private static OptimizerNeeds Needs(ImmutableArray<(Level Level, int? Steps)> parts, ImmutableArray<OptimizerEntry> members)
    {
        var needs = parts.Select(part => Member(members, part.Level).Needs(part.Level)).ToList();
        return new()
        {
            MostParameters = needs.Min(need => need.MostParameters),
            GradientOfOneLoss = needs.Exists(need => need.GradientOfOneLoss),
            PointsThatStay = needs.Exists(need => need.PointsThatStay),
            Float64Advised = needs.Exists(need => need.Float64Advised),
            StepsBeforeLastPhase = parts.Sum(part => (long)(part.Steps ?? 0)),
        };
    }

    private static OptimizerEntry Member(ImmutableArray<OptimizerEntry> members, Level level) => members.Single(member => member.Method.Kind == level.Kind);

    private sealed record Phase(IOptimizer Optimizer, int? Steps);
}
