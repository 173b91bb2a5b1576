using System.Globalization;
using System.Text.RegularExpressions;
using PinnSweep.Methods.Networks;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Testing.Processes;
using PinnSweep.Training;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>The problems of docs/problem-files.md, trained as the page says, reach the errors that it names.</summary>
public sealed partial class WorkedProblemTests
{
    public static TheoryData<string, double, string> Problems
    {
        get
        {
            var data = new TheoryData<string, double, string>();
            var page = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "problem-files.md")).Split("## Twelve problems to start from")[1];
            foreach (Match problem in Problem().Matches(page))
            {
                data.Add(problem.Groups["title"].Value, double.Parse(problem.Groups["error"].Value, CultureInfo.InvariantCulture), problem.Groups["text"].Value);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void It_reaches_the_error_that_the_page_names(string title, double error, string text)
    {
        var levels = Trials.Small().Levels with
        {
            Problem = Files.Read(text),
            Network = MethodLevels.Of(Mlp.Entry.Method, ("hidden", new[] { 20, 20 })),
            Optimizer = MethodLevels.Of(SelfScaledBroyden.Entry.Method),
            Sampler = MethodLevels.Of(UniformSampler.Entry.Method),
            Precision = Precision.Float64,
        };

        var result = PinnTrials.Run(new(levels, 1, Budget.OfSteps(1000), 100, StudyDefaults.ConvergedBelow), "auto", TimeProvider.System);

        Assert.True(result.Final.RelativeL2 < error, $"{title}: {result.Final.RelativeL2}");
    }

    [GeneratedRegex(@"### (?<title>[^\n]+): (?<error>[0-9e.-]+)\n.*?```yaml\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Problem();
}
