using PinnSweep.Storage.Files;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Storage.Tests.Files;

public sealed class OwnFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void State_is_where_the_variable_says() =>
        Assert.Equal("/srv/state/pinnsweep", Of(new() { ["XDG_STATE_HOME"] = "/srv/state", ["HOME"] = _folder.Path }));

    [Theory]
    [InlineData(null)]
    [InlineData("relative/state")]
    public void State_without_a_usable_variable_is_below_the_home(string? state) =>
        Assert.Equal(_folder[".local/state/pinnsweep"], Of(new() { ["XDG_STATE_HOME"] = state, ["HOME"] = _folder.Path, ["XDG_RUNTIME_DIR"] = _folder.Path }));

    [Fact]
    public void State_without_a_home_is_in_the_users_runtime_folder() =>
        Assert.Equal(_folder["pinnsweep"], Of(new() { ["HOME"] = "/nonexistent", ["XDG_RUNTIME_DIR"] = _folder.Path }));

    [Fact]
    public void State_with_nothing_is_in_the_temporary_folder_by_the_users_number() =>
        Assert.Equal($"/tmp/pinnsweep-{FileOwner.Self}", Of(new() { ["HOME"] = "/nonexistent" }));

    [Fact]
    public void State_is_never_in_a_home_that_belongs_to_somebody_else()
    {
        var state = OwnFolders.Of(new Dictionary<string, string?> { ["HOME"] = _folder.Path, ["XDG_RUNTIME_DIR"] = _folder.Path }.GetValueOrDefault, Directory.Exists, FileOwner.Self + 1, "/tmp");

        Assert.Equal($"/tmp/pinnsweep-{FileOwner.Self + 1}", state);
    }

    private static string Of(Dictionary<string, string?> variables) => OwnFolders.Of(variables.GetValueOrDefault, Directory.Exists, FileOwner.Self, "/tmp");
}
