using System.Collections.Immutable;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Deployment.Tests.Containers;

/// <summary>An instruction of a Dockerfile, continuation lines joined.</summary>
internal sealed record Instruction(string Name, string Arguments);

/// <summary>A stage: what it is made from, and what it does.</summary>
internal sealed record Stage(string Name, string From, ImmutableArray<Instruction> Instructions);

/// <summary>The repository's Dockerfile, read as far as its tests need.</summary>
internal sealed record Dockerfile(ImmutableArray<Stage> Stages)
{
    /// <summary>Arguments before the first stage: the images that the file stands on.</summary>
    public ImmutableDictionary<string, string> Images { get; private init; } = ImmutableDictionary<string, string>.Empty;

    public static Dockerfile Read() => Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "Dockerfile")));

    public static Dockerfile Parse(string text)
    {
        var stages = new List<Stage>();
        var images = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var line in text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
            if (words[0] == "FROM")
            {
                var from = words[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                stages.Add(new(from is [_, "AS", var name] ? name : "", from[0].StartsWith("${", StringComparison.Ordinal) ? images[from[0][2..^1]] : from[0], []));
            }
            else if (stages.Count == 0 && words is ["ARG", var argument] && argument.Split('=', 2) is [var key, var image])
            {
                images[key] = image;
            }
            else
            {
                stages[^1] = stages[^1] with { Instructions = [.. stages[^1].Instructions, new(words[0], words.ElementAtOrDefault(1) ?? "")] };
            }
        }

        return new([.. stages]) { Images = images.ToImmutable() };
    }

    public Stage Target(string name) => Stages.Single(stage => stage.Name == name);

    /// <summary>What holds in a target: its own instructions after those of the stages it is made from.</summary>
    public IEnumerable<Instruction> All(string target)
    {
        var stage = Target(target);
        return (Stages.Any(other => other.Name == stage.From) ? All(stage.From) : []).Concat(stage.Instructions);
    }

    /// <summary>The arguments of the last instruction of a kind, which is the one that counts.</summary>
    public string? Last(string target, string instruction) => All(target).LastOrDefault(line => line.Name == instruction)?.Arguments;

    /// <summary>The image outside the file that a target stands on.</summary>
    public string BaseImage(string target)
    {
        var stage = Target(target);
        return Stages.Any(other => other.Name == stage.From) ? BaseImage(stage.From) : stage.From;
    }
}
