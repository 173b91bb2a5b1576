using System.Text;
using PinnSweep.Planning;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Tests.Fuzz;

/// <summary>Whatever a study file holds, reading and planning it ends soon, with a plan or with words for its author.</summary>
[Collection("fuzz")]
public sealed class StudyFuzzTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string> BombNames { get; } = [.. Bombs.All.Keys];

    [Fact]
    public Task Three_thousand_mutated_studies_end_with_a_plan_or_a_mistake() => RunAsync(3000);

    [Fact(Explicit = true)]
    public Task Ten_thousand_mutated_studies_end_with_a_plan_or_a_mistake() => RunAsync(10_000);

    [Theory]
    [MemberData(nameof(BombNames))]
    public async Task A_bomb_is_refused_soon(string name)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var mistake = await PlanAsync(Bombs.All[name], 250_000);

        output.WriteLine($"{clock.Elapsed.TotalSeconds:0.00} s: {(mistake is null ? "planned" : mistake[..Math.Min(300, mistake.Length)])}");
        Assert.NotNull(mistake);
        Assert.InRange(mistake.Length, 1, 20_000);
    }

    private async Task RunAsync(int inputs)
    {
        var planned = 0;
        for (var seed = 0; seed < inputs; seed++)
        {
            // As the server does: what is no UTF-8 never gets this far.
            var text = Encoding.UTF8.GetString(new Mutator(seed).Study());
            try
            {
                planned += await PlanAsync(text, 2000) is null ? 1 : 0;
            }
            catch (Exception failure)
            {
                Assert.Fail($"input {seed}: {failure}\n{text}");
            }
        }

        output.WriteLine($"{planned} of {inputs} could be planned");
        Assert.InRange(planned, 1, inputs - 1);
    }

    /// <summary>Null for a plan, else the words about the mistake.</summary>
    private static async Task<string?> PlanAsync(string text, int maximumTrials)
    {
        try
        {
            await Task.Run(() => StudySource.Packed(text, "study.yaml", []).Plan(maximumTrials, PlanningWatch.None)).WaitAsync(Patience);
            return null;
        }
        catch (UserMistakeException mistake)
        {
            return mistake.Message;
        }
    }
}
