using System.Text.Json;
using System.Text.Json.Nodes;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary><c>pinnsweep train</c>.</summary>
public class TrainTests
{
    private static readonly string[] Promised =
    [
        "problem", "network", "balancer", "sampler", "optimizer", "precision", "seed", "steps", "outcome", "relativeL2", "maxError", "losses", "weights", "seconds", "stepsPerSecond", "key", "curve",
    ];

    // What depends on the clock, and nothing else does.
    private static readonly string[] Times = ["seconds", "stepsPerSecond"];

    [Fact]
    public async Task Prints_one_json_object_and_the_same_digits_for_the_same_seed()
    {
        using var folder = new TemporaryFolder();

        var first = await TrainAsync(folder, seed: 7);
        var second = await TrainAsync(folder, seed: 7);
        var other = await TrainAsync(folder, seed: 8);

        Assert.All(Promised, name => Assert.True(first.ContainsKey(name), name));
        Assert.Equal(150, (int)first["steps"]!);
        Assert.NotEmpty(first["losses"]!.AsObject());
        Assert.Equal(first["losses"]!.AsObject().Select(term => term.Key), first["weights"]!.AsObject().Select(term => term.Key));
        Assert.Equal(Digits(first), Digits(second));
        Assert.NotEqual((double)first["relativeL2"]!, (double)other["relativeL2"]!);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Interrupted_it_ends_with_130_and_leaves_no_trainer()
    {
        using var folder = new TemporaryFolder();
        using var run = Cli.Start(folder, "train", "--problem", "helmholtz", "--seconds", "300", "--json");
        await Waiting.UntilAsync(() => run.HasEnded || run.Descendants("pinnsweep-trainer").Count > 0, Cli.Short, () => run.Error);
        var trainers = run.Descendants("pinnsweep-trainer");

        run.Interrupt();
        await run.EndAsync(Cli.Short);

        Assert.Equal(130, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.All(trainers, trainer => Assert.False(Directory.Exists($"/proc/{trainer}")));
    }

    private static async Task<JsonObject> TrainAsync(TemporaryFolder folder, int seed)
    {
        using var run = await Cli.Start(
            folder, "train", "--problem", "helmholtz", "--balancer", "relobralo", "--network", "{kind: mlp, hidden: [12]}",
            "--sampler", "{kind: uniform, interior: 128, boundary: 64}", "--steps", "150", "--seed", $"{seed}", "--json").EndAsync(StudyRun.Limit);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Empty(run.Error);
        return JsonSerializer.Deserialize<JsonObject>(run.Out)!;
    }

    private static string Digits(JsonObject result) => Timeless(result)!.ToJsonString();

    private static JsonNode? Timeless(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Where(entry => !Times.Contains(entry.Key)).Select(entry => KeyValuePair.Create(entry.Key, Timeless(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Timeless)]),
        null => null,
        _ => node.DeepClone(),
    };
}
