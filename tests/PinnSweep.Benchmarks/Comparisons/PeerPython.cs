using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks.Comparisons;

/// <summary>A Python that has what the peers need.</summary>
internal sealed class PeerPython
{
    private const string Versions = """
        import importlib, sys
        for name in sys.argv[1:]:
            try:
                print(name, importlib.import_module(name).__version__, file=sys.__stdout__)
            except ImportError as missing:
                print(name, "-", str(missing).replace("\n", " "), file=sys.__stdout__)
        """;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly string _program;

    private PeerPython(string program, string description) => (_program, Description) = (program, description);

    /// <summary>Versions, for people.</summary>
    public string Description { get; }

    /// <summary>Asks a Python for modules.</summary>
    /// <exception cref="UserMistakeException">It cannot be started, or lacks one.</exception>
    public static PeerPython Find(string program, string[] modules)
    {
        var said = Ask(program, modules).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 3)).Where(words => words.Length > 1 && modules.Contains(words[0])).ToArray();
        string[] missing = [.. modules.Where(module => !said.Any(words => words[0] == module && words[1] != "-"))];
        return missing.Length == 0
            ? new(program, string.Join(", ", said.Select(words => $"{words[0]} {words[1]}")))
            : throw new UserMistakeException(
                $"{program} has no {string.Join(" and no ", missing)}{string.Concat(said.Where(words => words.Length > 2).Select(words => $" ({words[2]})"))}. Install it there (pip install {string.Join(' ', missing)}), name another Python by --python PATH, or leave that peer out by --peers ours{(missing.Contains("torch") ? "" : ",torch")}");
    }

    /// <summary>Starts a peer on a case, with a tuned allocator.</summary>
    public StepProcess Start(string script, PeerCase work, int threads, string clock)
    {
        var options = JsonSerializer.SerializeToNode(work, Json)!.AsObject();
        options["threads"] = JsonValue.Create(threads);
        options["clock"] = JsonValue.Create(clock);
        return new($"{script} on case {work.Letter}", _program, [Path.Combine(AppContext.BaseDirectory, "peers", script), options.ToJsonString()], tuned: true);
    }

    private static string Ask(string program, string[] modules)
    {
        try
        {
            var start = new ProcessStartInfo(program, ["-c", Versions, .. modules]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["DDE_BACKEND"] = "pytorch";
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new UserMistakeException($"{program} does not run: {errors.Result.Trim()}");
        }
        catch (Win32Exception missing)
        {
            throw new UserMistakeException($"{program} cannot be started ({missing.Message}); name a Python with {string.Join(" and ", modules)} by --python PATH");
        }
    }
}
