using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PinnSweep.Commands;
using PinnSweep.Planning;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Trainers;

namespace PinnSweep.Tests.Commands;

public class TrainVerbTests
{
    [Theory]
    [InlineData("train", "--problem is required; allowed:")]
    [InlineData("train --problem helmholz", "nearest 'helmholtz'")]
    [InlineData("train --problem helmholtz --balancer relobrallo", "nearest 'relobralo'")]
    [InlineData("train --problem helmholtz --steps -3", "--steps -3: expected a whole number of at least 1")]
    [InlineData("train --problem helmholtz --steps 3 --seconds 4", "a budget is one or the other")]
    [InlineData("train --problem helmholtz --seconds 0", "--seconds 0: expected a number above 0")]
    [InlineData("train --problem helmholtz --precision float16", "float32")]
    [InlineData("train --problem helmholtz --engine fuse", "nearest 'fused'")]
    public async Task A_mistake_is_told_before_anything_is_started(string line, string message)
    {
        var captured = await Captured.RunAsync(line.Split(' '));

        Assert.Equal(1, captured.ExitCode);
        Assert.Contains(message, captured.Error, StringComparison.Ordinal);
        Assert.Empty(captured.Out);
    }

    [Fact]
    public void Errors_that_are_not_known_are_told_as_n_a_and_are_null_in_json()
    {
        var words = FactorWords.All.ToDictionary(factor => factor, factor => factor == Factor.Problem ? "diffusion" : null);
        var description = TrialWords.Describe(words, Budget.OfSteps(10), 1);
        var end = new CurvePoint(10, 0.5, double.NaN, double.NaN, [0.25], [1])
        {
            Metrics = ImmutableSortedDictionary<string, double>.Empty.Add(CurvePoint.ResidualL2, 0.125),
        };
        var result = new TrialResult(
            description.Key(), description.Canonical(), Outcome.Stalled, 10, 3, 0.5, ["residual"], [end], ImmutableSortedDictionary<string, int>.Empty,
            new("commit", ImmutableSortedDictionary<string, string>.Empty, "machine", "fused", [], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));

        var text = TrainVerb.Text(description, result);
        var json = JsonNode.Parse(TrainJson.Write(description, result))!.AsObject();

        Assert.Contains("relative L2  n/a", text, StringComparison.Ordinal);
        Assert.Contains("residual L2  1.25e-1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.True(json.ContainsKey("relativeL2"));
        Assert.Null(json["relativeL2"]);
        Assert.Null(json["maxError"]);
        Assert.Equal(0.125, (double)json["metrics"]![CurvePoint.ResidualL2]!);
        var point = Assert.Single(json["curve"]!.AsArray())!;
        Assert.Null(point["relativeL2"]);
        Assert.Equal((10, 0.25, 1), ((int)point["step"]!, (double)point["losses"]!["residual"]!, (double)point["weights"]!["residual"]!));
    }
}
