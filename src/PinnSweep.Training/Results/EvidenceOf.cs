using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using PinnSweep.Studies.Trials;
using PinnSweep.Training.Preparation;

namespace PinnSweep.Training.Results;

/// <summary>What a reader needs to get a trial's number again.</summary>
public static class EvidenceOf
{
    private const string RevisionFile = "revision.txt";
    private const int LongestRevision = 100;

    /// <summary>
    /// The commit that this program was built from; with <c>-dirty.</c> and a hash of the difference where the sources differed from it;
    /// <c>unknown</c> outside a repository. The build writes it beside the program.
    /// </summary>
    public static string Commit { get; } = ReadRevision(AppContext.BaseDirectory);

    /// <summary>The version of this program.</summary>
    public static string Version { get; } = InformationalVersion(typeof(EvidenceOf).Assembly).Split('+', 2)[0];

    /// <summary>Processor, cores and operating system.</summary>
    public static string Machine { get; } = $"{ProcessorName()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}";

    /// <summary>The evidence of a trial that ran here.</summary>
    public static Evidence Trial(TrialAssembly trial, DateTimeOffset started, DateTimeOffset finished) => new(
        Commit,
        Versions(trial.Engine.Name),
        Machine,
        trial.Engine.Name,
        ["init", .. trial.Problem.UsedPointSets, "balancer"],
        started,
        finished)
    {
        Device = trial.Engine.Card is { } card ? new(card.Name, card.Number, card.Uuid, card.Driver, card.Kernels) : null,
    };

    private static ImmutableSortedDictionary<string, string> Versions(string engine)
    {
        var versions = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        versions["pinnsweep"] = Version;
        versions["dotnet"] = RuntimeInformation.FrameworkDescription;
        if (engine.StartsWith("torch", StringComparison.Ordinal))
        {
            // Only where the engine has loaded it: naming a type here would load it for every trial.
            foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name == "TorchSharp"))
            {
                versions["torchsharp"] = InformationalVersion(assembly).Split('+', 2)[0];
            }
        }

        return versions.ToImmutable();
    }

    private static string InformationalVersion(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    internal static string ReadRevision(string folder)
    {
        try
        {
            var revision = File.ReadAllText(Path.Combine(folder, RevisionFile)).Trim();
            return revision.Length is > 0 and <= LongestRevision && revision.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_') ? revision : "unknown";
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return "unknown";
        }
    }

    private static string ProcessorName()
    {
        const string Facts = "/proc/cpuinfo";
        var line = File.Exists(Facts) ? File.ReadLines(Facts).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line.Split(':', 2)[1].Trim();
    }
}
