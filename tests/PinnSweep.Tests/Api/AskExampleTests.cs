using System.Diagnostics;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Api;

/// <summary>The optimizer of docs/tuning.md, as it stands there, against a node.</summary>
[Collection("api")]
public sealed class AskExampleTests
{
    private const string Fence = "```";

    [Fact]
    public async Task The_example_in_the_guide_searches_until_the_purses_are_used_up()
    {
        if (!await HasPythonAsync())
        {
            throw new TestSkippedException("python3 is not on this machine");
        }

        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "docs", "tuning.md"));
        var (study, example) = (Block(page, "yaml", "design: external"), Block(page, "python", "call(\"tell\""));
        Assert.InRange(example.Split('\n').Count(line => line.Length > 0), 8, 15);
        await using var api = await TestApi.StartAsync(slots: 2);
        var submitted = await api.SubmittedAsync(study, "?set=budget.steps%3D50&set=tune.trials%3D5&set=seeds%3D2");
        var script = Path.Combine(api.Folder, "search.py");
        await File.WriteAllTextAsync(script, example.Replace("http://127.0.0.1:8080/", api.Url.ToString(), StringComparison.Ordinal).Replace("sleep(1)", "sleep(0.1)", StringComparison.Ordinal));

        var (code, said) = await PythonAsync(script);
        Assert.True(code == 0, said);
        var settled = await api.UntilAsync("my-search", seen => seen.IsSettled);

        Assert.Equal(submitted.Hash, settled.Hash);
        Assert.Equal([(5, 5), (5, 5)], settled.Searches!.Select(search => (search.Proposals, search.Purse!.Value)));
    }

    /// <summary>A block of code of a language that has some words in it.</summary>
    private static string Block(string page, string language, string words) => page.Split($"{Fence}{language}\n").Skip(1)
        .Select(part => part.Split(Fence)[0])
        .First(part => part.Contains(words, StringComparison.Ordinal));

    private static async Task<bool> HasPythonAsync()
    {
        try
        {
            return (await PythonAsync("--version")).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Code, string Said)> PythonAsync(string argument)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", [argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(Waiting.Patience);
        var said = Task.WhenAll(python.StandardOutput.ReadToEndAsync(patience.Token), python.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await python.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            python.Kill(entireProcessTree: true);
            throw;
        }

        return (python.ExitCode, string.Concat(await said));
    }
}
