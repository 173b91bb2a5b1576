using System.Text.Json;
using System.Xml.Linq;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Architecture.Tests;

/// <summary>Packages are locked with their hashes, and advisories are looked at.</summary>
public class PackageTests
{
    private static readonly Dictionary<string, string> Versions = XDocument.Load(Path.Combine(RepositoryPaths.Root, "Directory.Packages.props")).Descendants("PackageVersion")
        .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);

    public static TheoryData<string> Projects { get; } =
    [
        .. ((string[])["src", "tests"]).SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(RepositoryPaths.Root, path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_lock_file_of_a_project_says_what_the_project_says(string project)
    {
        var path = Path.Combine(RepositoryPaths.Root, project);
        var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "packages.lock.json"))).RootElement.GetProperty("dependencies").GetProperty("net10.0");
        var named = XDocument.Load(path).Descendants("PackageReference")
            .Where(package => package.Parent!.Attribute("Condition")?.Value.Contains("'cuda'", StringComparison.Ordinal) != true)
            .Select(package => package.Attribute("Include")!.Value);

        Assert.All(named.Append("Microsoft.CodeAnalysis.BannedApiAnalyzers"), package =>
        {
            Assert.True(locked.TryGetProperty(package, out var entry), $"{project}: {package} is not locked; dotnet restore PinnSweep.sln writes the lock files anew");
            Assert.Equal(Versions[package], entry.GetProperty("resolved").GetString());
        });
        Assert.All(locked.EnumerateObject().Where(entry => entry.Value.GetProperty("type").GetString() != "Project"), entry =>
            Assert.False(string.IsNullOrEmpty(entry.Value.GetProperty("contentHash").GetString()), entry.Name));
    }

    [Fact]
    public void Advisories_are_looked_at_and_stop_no_build()
    {
        var settings = XDocument.Load(Path.Combine(RepositoryPaths.Root, "Directory.Build.props"));

        Assert.Equal("true", settings.Descendants("NuGetAudit").Single().Value);
        Assert.Equal("all", settings.Descendants("NuGetAuditMode").Single().Value);
        Assert.All((string[])["NU1900", "NU1901", "NU1902", "NU1903", "NU1904", "NU1905"], code =>
            Assert.Contains(code, settings.Descendants("WarningsNotAsErrors").Single().Value, StringComparison.Ordinal));
    }
}
