using System.Text.RegularExpressions;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks;

/// <summary>A benchmark: its name, what it measures, its options as its usage shows them, and what runs it.</summary>
/// <param name="Name">The first word of the command line.</param>
/// <param name="Measures">In one line.</param>
/// <param name="Options">For instance <c>[--json] [--rounds N]</c>; null where they are another program's.</param>
/// <param name="Run">Takes what follows the name.</param>
internal sealed partial record Subject(string Name, string Measures, string? Options, Func<string[], Task<int>> Run)
{
    /// <summary>One that waits for nothing.</summary>
    public Subject(string name, string measures, string? options, Func<string[], int> run)
        : this(name, measures, options, arguments => Task.FromResult(run(arguments)))
    {
    }

    /// <summary>How it is called.</summary>
    public string Usage => $"{Name} {Options ?? "[options of BenchmarkDotNet]"}\n    {Measures}";

    /// <summary>Runs it, or prints its usage where that is asked for.</summary>
    /// <exception cref="UserMistakeException">An option is none of its.</exception>
    public Task<int> StartAsync(string[] arguments)
    {
        if (Options is null)
        {
            return Run(arguments);
        }

        if (arguments.Any(argument => argument is "--help" or "-h" or "-?"))
        {
            Console.Out.WriteLine($"usage: bench {Usage}");
            return Task.FromResult(0);
        }

        string[] known = [.. Flag().Matches(Options).Select(flag => flag.Value)];
        return arguments.FirstOrDefault(argument => argument.StartsWith('-') && argument.Length > 1 && !char.IsAsciiDigit(argument[1]) && !known.Contains(argument.Split('=')[0])) is { } other
            ? throw new UserMistakeException($"bench {Name}: {NearestMatch.Quote(other)} is no option of it{NearestMatch.Hint(other, known)}")
            : Run(arguments);
    }

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Flag();
}
