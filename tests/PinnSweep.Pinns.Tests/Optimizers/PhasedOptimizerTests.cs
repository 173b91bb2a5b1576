using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Optimizers;

public sealed class PhasedOptimizerTests
{
    [Fact]
    public void A_phase_takes_its_steps_and_the_next_begins_where_it_ended()
    {
        var problem = new Rosenbrock();
        var phased = Made.Optimizer(problem, Phases(("adam", 7), ("lbfgs", null)));
        var (adam, lbfgs) = (Made.Optimizer(problem, Made.Level("adam")), Made.Optimizer(problem, Made.Level("lbfgs")));
        var (a, b) = (problem.Start, problem.Start);

        for (var step = 0; step < 20; step++)
        {
            problem.Step(phased, a);
            problem.Step(step < 7 ? adam : lbfgs, b);
        }

        Assert.Equal(b, a);
    }

    [Fact]
    public void The_named_form_is_the_general_one()
    {
        var problem = new Rosenbrock();
        var (a, b) = (problem.Start, problem.Start);
        var named = Made.Optimizer(problem, Made.Level("adam-lbfgs", ("adam_steps", 5)));
        var general = Made.Optimizer(problem, Phases(("adam", 5), ("lbfgs", null)));

        for (var step = 0; step < 15; step++)
        {
            problem.Step(named, a);
            problem.Step(general, b);
        }

        Assert.Equal(b, a);
    }

    [Fact]
    public void A_phase_without_steps_that_is_not_the_last_is_a_mistake()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => OptimizerCatalog.Check(Phases(("adam", null), ("lbfgs", null))));

        Assert.Equal("optimizer 'phases': phase 1 (adam) needs 'steps', the part of the budget that it takes; only the last goes without", mistake.Message);
    }

    [Fact]
    public void Steps_of_the_last_phase_are_a_mistake()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => OptimizerCatalog.Check(Phases(("adam", 5), ("lbfgs", 5))));

        Assert.Contains("the last phase (lbfgs) takes the rest of the budget", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_file_reads_phases_with_defaults_and_labels_them_by_kind()
    {
        const string Study = """
            study: phases
            factors:
              problem: diffusion
              optimizer:
                - adam
                - {kind: phases, phases: [{kind: adam, lr: 0.01, steps: 50}, ssbroyden]}
                - {kind: phases, phases: [{kind: soap, steps: 50}, lbfgs]}
            budget: {steps: 100}
            """;

        var plan = Planner.Plan(StudyFile.Parse(Study, "phases.yaml", PinnCatalog.Instance), PinnCatalog.Instance);

        Assert.Equal(["adam", "phases (phases adam-ssbroyden)", "phases (phases soap-lbfgs)"], plan.Cells.Select(cell => cell.Labels[Factor.Optimizer]));
        Assert.Contains("\"beta1\":0.9", plan.Cells[1].Levels.Optimizer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_slip_inside_a_phase_is_told_with_line_and_nearest_match()
    {
        const string Study = """
            study: phases
            factors:
              problem: diffusion
              optimizer:
                - kind: phases
                  phases:
                    - {kind: adam, betta1: 0.5, steps: 50}
                    - {kind: lbgfs}
            """;

        var mistake = Assert.Throws<UserMistakeException>(() => StudyFile.Parse(Study, "phases.yaml", PinnCatalog.Instance));

        Assert.Contains("phases.yaml:7", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("nearest 'beta1'", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("phases.yaml:8", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("nearest 'lbfgs'", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, new[] { 1.0 }, "the budget is 40")]
    [InlineData(100, new[] { 0.7, 0.3 }, "the shortest of 2 stages has 30")]
    [InlineData(41, new[] { 1.0 }, null)]
    public void A_budget_that_ends_before_the_last_phase_is_told(int steps, double[] shares, string? expected)
    {
        var description = Trials.Small(steps: steps);
        description = description with { Levels = description.Levels with { Optimizer = Phases(("adam", 40), ("ssbroyden", null)) } };
        var notes = new List<string>();

        OptimizerCatalog.Find(description.Levels.Optimizer.Kind).Advise(description, shares, notes.Add);

        Assert.Equal(expected is null ? [] : [$"the last phase of phases never begins: those before it take 40 steps, {expected}"], notes);
    }

    private static Level Phases(params (string Kind, int? Steps)[] phases) => Made.Level("phases", ("phases", new SpecValue.List(
    [
        .. phases.Select(phase => new SpecValue.Map(Made.Level(phase.Kind).ToMap().Entries.SetItem(
            "steps",
            phase.Steps is { } steps ? new SpecValue.Number(steps) : SpecValue.None.Value))),
    ])));
}
