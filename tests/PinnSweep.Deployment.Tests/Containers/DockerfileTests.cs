using System.Text.RegularExpressions;
using PinnSweep.Cluster.Hosting;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Deployment.Tests.Containers;

public partial class DockerfileTests
{
    private static readonly Dockerfile File = Dockerfile.Read();

    public static TheoryData<string> Targets => ["node", "trainer-cpu", "trainer-cuda"];

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_target_runs_as_an_ordinary_user_by_number(string target)
    {
        Assert.Matches(@"^[1-9]\d*:[1-9]\d*$", File.Last(target, "USER"));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_target_starts_the_program_and_exposes_its_own_ports(string target)
    {
        Assert.Equal("""["/app/pinnsweep"]""", File.Last(target, "ENTRYPOINT"));
        Assert.Equal($"{NodeDefaults.RemotingPort} {NodeDefaults.HttpPort}", File.Last(target, "EXPOSE"));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_target_is_checked_by_its_own_program(string target)
    {
        Assert.EndsWith("""CMD ["/app/pinnsweep", "health"]""", File.Last(target, "HEALTHCHECK"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_target_stands_on_Ubuntu_24_04_and_writes_to_data_and_tmp_alone(string target)
    {
        Assert.Equal("mcr.microsoft.com/dotnet/aspnet:10.0-noble", File.BaseImage(target).Split('@')[0]);
        Assert.Equal("""["/data", "/tmp"]""", File.Last(target, "VOLUME"));
    }

    [Theory]
    [InlineData("trainer-cpu", "cpu")]
    [InlineData("trainer-cuda", "cuda")]
    public void A_trainer_target_holds_the_trainer_of_its_backend_where_the_program_looks_for_it(string target, string backend)
    {
        var copy = Copy().Match(File.Last(target, "COPY")!);

        Assert.Equal("/app/trainer", copy.Groups[2].Value);
        Assert.Contains(File.All(copy.Groups[1].Value), line => line.Name == "RUN" && line.Arguments.Contains($"-p:TorchBackend={backend} ", StringComparison.Ordinal));
    }

    [Fact]
    public void An_image_of_others_is_named_with_its_digest_or_the_file_says_why_not()
    {
        var lines = System.IO.File.ReadAllLines(Path.Combine(RepositoryPaths.Root, "Dockerfile"));
        var own = File.Stages.Select(stage => stage.Name).ToArray();

        Assert.Equal(2, File.Images.Count);
        Assert.All(File.Stages.Where(stage => !own.Contains(stage.From)), stage => Assert.Contains(stage.From, File.Images.Values));
        Assert.All(lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)), line => Assert.DoesNotContain(":", line, StringComparison.Ordinal));
        Assert.All(File.Images, image => Assert.True(
            Digest().IsMatch(image.Value) || lines[Array.IndexOf(lines, $"ARG {image.Key}={image.Value}") - 1].StartsWith("# not pinned: ", StringComparison.Ordinal),
            $"{image.Key}: {image.Value} has no digest, and no line before it says why; eng/base-images writes digests"));
        Assert.Equal(File.Images.Count(image => !Digest().IsMatch(image.Value)), lines.Count(line => line.StartsWith("# not pinned: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Digests_are_written_by_the_command_and_take_the_place_of_the_reason()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["eng"]);
        System.IO.File.Copy(Path.Combine(RepositoryPaths.Root, "eng", "base-images"), folder["eng/base-images"]);
        folder.Write("Dockerfile", "# not pinned: because\nARG SDK_IMAGE=example/sdk:1\n# another line\nARG RUNTIME_IMAGE=example/run:1\nFROM ${SDK_IMAGE} AS build\n");
        var digest = $"sha256:{new string('a', 64)}";
        // A copy may be executed as what it is a copy of.
        System.IO.File.Copy(folder["eng/base-images"], folder["docker"]);
        folder.Write("docker", $"#!/bin/sh\necho {digest}\n");
        var path = new Dictionary<string, string> { ["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}" };

        using var behind = await ProcessRun.Start(folder.Path, path, folder["eng/base-images"], "--check").EndAsync(TimeSpan.FromSeconds(30));
        using var run = await ProcessRun.Start(folder.Path, path, folder["eng/base-images"]).EndAsync(TimeSpan.FromSeconds(30));
        using var check = await ProcessRun.Start(folder.Path, path, folder["eng/base-images"], "--check").EndAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((1, 0, 0), (behind.ExitCode, run.ExitCode, check.ExitCode));
        Assert.Equal(
            $"ARG SDK_IMAGE=example/sdk:1@{digest}\n# another line\nARG RUNTIME_IMAGE=example/run:1@{digest}\nFROM ${{SDK_IMAGE}} AS build\n",
            await System.IO.File.ReadAllTextAsync(folder["Dockerfile"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Nothing_secret_is_given_at_build_time()
    {
        var given = File.Stages.SelectMany(stage => stage.Instructions).Where(line => line.Name is "ARG" or "ENV");

        Assert.All(given, line => Assert.DoesNotMatch("(?i)token|password|secret|key", line.Arguments));
    }

    [Fact]
    public void Projects_and_folders_that_it_builds_from_are_there_and_sent_to_the_builder()
    {
        var root = RepositoryPaths.Root;
        var sent = System.IO.File.ReadAllLines(Path.Combine(root, ".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..].Split('/')[0]).ToArray();
        var projects = File.Stages.SelectMany(stage => stage.Instructions).SelectMany(line => Project().Matches(line.Arguments)).Select(match => match.Value).Distinct().ToArray();

        Assert.Equal(2, projects.Length);
        Assert.All(projects, project => Assert.True(System.IO.File.Exists(Path.Combine(root, project)), project));
        Assert.Contains("src", sent);
        Assert.Contains("cluster-config", sent);
        Assert.All(sent.Where(name => !name.Contains('*', StringComparison.Ordinal)), name => Assert.True(Path.Exists(Path.Combine(root, name)), name));
    }

    [Fact]
    public void The_cuda_build_takes_TorchSharps_CUDA_package_and_not_the_processors()
    {
        var packages = Packages("-p:TorchBackend=cuda");

        Assert.Contains("TorchSharp-cuda-linux", packages);
        Assert.DoesNotContain("libtorch-cpu-linux-x64", packages);
        Assert.Contains("libtorch-cpu-linux-x64", Packages("-p:TorchBackend=cpu"));
    }

    private static string[] Packages(string property)
    {
        using var build = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "dotnet", ["msbuild", Path.Combine(RepositoryPaths.Root, "src", "PinnSweep.Trainer", "PinnSweep.Trainer.csproj"), "-getItem:PackageReference", property])
        {
            RedirectStandardOutput = true,
        })!;
        var text = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return [.. System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("Items").GetProperty("PackageReference").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
    }

    [GeneratedRegex(@"^--from=(\S+) \S+ (\S+)$")]
    private static partial Regex Copy();

    [GeneratedRegex(@"^\S+:\S+@sha256:[0-9a-f]{64}$")]
    private static partial Regex Digest();

    [GeneratedRegex(@"src/\S+\.csproj")]
    private static partial Regex Project();
}
