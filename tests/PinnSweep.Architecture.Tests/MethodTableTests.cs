using PinnSweep.Methods.Catalogues;
using PinnSweep.Problems.HardConstraints;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.BuiltInStudies;
using PinnSweep.Studies.Catalogues;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Architecture.Tests;

/// <summary>The catalogue, the README and the built-in studies tell the same story.</summary>
public class MethodTableTests
{
    [Fact]
    public void Every_method_of_the_catalogue_has_its_row_in_the_readme_and_no_row_is_left_over()
    {
        var table = File.ReadLines(Path.Combine(RepositoryPaths.Root, "README.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 6 && FactorWords.FromWord(cells[1]) is not null)
            .Select(cells => $"{cells[1]} {cells[2].Trim('`')}");
        var catalogue = PinnCatalogue.Instance.Entries.Where(entry => entry.Factor != Factor.Precision).Select(entry => $"{entry.Factor.ToWord()} {entry.Kind}");

        Assert.Equal(catalogue.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_catalogue_keeps_its_own_rules() => Assert.Empty(CatalogueRules.Violations(PinnCatalogue.Instance));

    public static TheoryData<string> BuiltIn => [.. BuiltInStudies.Names];

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void A_built_in_study_plans(string name)
    {
        var study = BuiltInStudies.Find(name)!;

        var plan = Planner.Plan(StudyFile.Parse(study.Text, study.FileName, PinnCatalogue.Instance), PinnCatalogue.Instance);

        Assert.Equal(name, plan.Spec.Name);
        Assert.NotEmpty(plan.Trials);
    }

    [Fact]
    public void The_quickstart_plans_seven_methods_with_three_seeds()
    {
        var study = BuiltInStudies.Find("quickstart")!;

        var plan = Planner.Plan(StudyFile.Parse(study.Text, study.FileName, PinnCatalogue.Instance), PinnCatalogue.Instance);

        Assert.Equal(21, plan.Trials.Length);
        Assert.Equal(
            ["static", "learning-rate-annealing", "gradnorm", "relobralo", "self-adaptive (point)", "self-adaptive (term)", "power-normalization"],
            plan.Cells.Select(cell => cell.Labels[Factor.Balancer]));
    }

    [Fact]
    public void The_problem_file_of_the_readme_is_one_and_its_ansatz_keeps_every_condition()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "README.md"));
        var yaml = text.Split("```text\n").Single(part => part.StartsWith("problem:", StringComparison.Ordinal)).Split("```")[0];
        var mistakes = new MistakeList();

        var level = ProblemFile.Read(yaml, "README.md", [], _ => "", mistakes);

        mistakes.ThrowIfAny();
        Assert.Equal("residual", Assert.Single(HardConstraint.Apply(PinnCatalogue.Problem(level!)).Terms).Name);
    }

    [Fact]
    public void The_study_file_of_the_readme_plans()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "README.md"));
        var yaml = text.Split("```yaml\n")[1].Split("```")[0];

        var plan = Planner.Plan(StudyFile.Parse(yaml, "README.md", PinnCatalogue.Instance), PinnCatalogue.Instance);

        Assert.NotEmpty(plan.NotApplicable);
        Assert.NotEmpty(plan.Trials);
    }

    [Fact]
    public void The_published_table_of_the_readme_is_read()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "README.md"));
        var yaml = text.Split("```yaml\n").Single(part => part.StartsWith("published:", StringComparison.Ordinal)).Split("```")[0];

        var spec = StudyFile.Parse("study: s\nbudget: {steps: 5}\nfactors: {problem: helmholtz, balancer: [static, relobralo]}\n" + yaml, "README.md", PinnCatalogue.Instance);

        Assert.Equal([null, 2], Assert.Single(spec.Published).Rows.Select(row => row.Rerun?.Values.Length));
    }
}
