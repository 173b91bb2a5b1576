using PinnSweep.Architecture.Tests.Documents;
using PinnSweep.Commands;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Problems.HardConstraints;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Processes;
using PinnSweep.Studies.BuiltInStudies;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Architecture.Tests;

/// <summary>The catalog, the documents and the built-in studies tell the same story.</summary>
public class MethodTableTests
{
    [Fact]
    public async Task The_page_of_methods_is_what_the_program_prints()
    {
        using var printed = new StringWriter();
        using var interrupts = new Interrupts();

        await RootVerb.RunAsync(["catalog", "--format", "md"], new(printed, TextWriter.Null, false, false), interrupts);

        Assert.True(
            printed.ToString() == await File.ReadAllTextAsync(MarkdownPage.FilePath("docs/methods.md"), TestContext.Current.CancellationToken),
            "docs/methods.md is not what the program prints: ./pinnsweep catalog --format md > docs/methods.md");
    }

    [Fact]
    public void The_catalog_keeps_its_own_rules() => Assert.Empty(CatalogRules.Violations(PinnCatalog.Instance));

    public static TheoryData<string> BuiltIn => [.. BuiltInStudies.Names];

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void A_built_in_study_plans(string name)
    {
        var study = BuiltInStudies.Find(name)!;

        var plan = Planner.Plan(StudyFile.Parse(study.Text, study.FileName, PinnCatalog.Instance), PinnCatalog.Instance);

        Assert.Equal(name, plan.Spec.Name);
        Assert.NotEmpty(plan.Trials);
    }

    [Fact]
    public void The_quickstart_plans_seven_methods_with_three_seeds()
    {
        var study = BuiltInStudies.Find("quickstart")!;

        var plan = Planner.Plan(StudyFile.Parse(study.Text, study.FileName, PinnCatalog.Instance), PinnCatalog.Instance);

        Assert.Equal(21, plan.Trials.Length);
        Assert.Equal(
            ["static", "learning-rate-annealing", "gradnorm", "relobralo", "self-adaptive (point)", "self-adaptive (term)", "power-normalization"],
            plan.Cells.Select(cell => cell.Labels[Factor.Balancer]));
    }

    [Fact]
    public void The_problem_files_of_their_page_are_read_and_the_ansatz_of_the_first_keeps_every_condition()
    {
        var text = File.ReadAllText(MarkdownPage.FilePath("docs/problem-files.md"));
        List<string> files = [.. text.Split("```text\n").Where(part => part.StartsWith("problem:", StringComparison.Ordinal)).Select(part => part.Split("```")[0])];
        var mistakes = new MistakeList();

        var levels = files.Select(yaml => ProblemFile.Read(yaml, "problem-files.md", [], _ => "", mistakes)).ToList();

        mistakes.ThrowIfAny();
        Assert.Equal(4, levels.Count);
        Assert.Equal("residual", Assert.Single(HardConstraint.Apply(PinnCatalog.Problem(levels[0]!)).Terms).Name);
    }

    [Fact]
    public void The_study_file_of_the_readme_plans()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "README.md"));
        var yaml = text.Split("```yaml\n")[1].Split("```")[0];

        var plan = Planner.Plan(StudyFile.Parse(yaml, "README.md", PinnCatalog.Instance), PinnCatalog.Instance);

        Assert.NotEmpty(plan.NotApplicable);
        Assert.NotEmpty(plan.Trials);
    }

    [Fact]
    public void The_published_table_of_the_page_of_studies_is_read()
    {
        var text = File.ReadAllText(MarkdownPage.FilePath("docs/studies.md"));
        var yaml = text.Split("```yaml\n").Single(part => part.StartsWith("published:", StringComparison.Ordinal)).Split("```")[0];

        var spec = StudyFile.Parse("study: s\nbudget: {steps: 5}\nfactors: {problem: helmholtz, balancer: [static, relobralo]}\n" + yaml, "studies.md", PinnCatalog.Instance);

        Assert.Equal([null, 2], Assert.Single(spec.Published).Rows.Select(row => row.Rerun?.Values.Length));
    }
}
