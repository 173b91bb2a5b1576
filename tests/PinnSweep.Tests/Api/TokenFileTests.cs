using System.Runtime.Versioning;
using PinnSweep.Api;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Api;

public sealed class TokenFileTests
{
    private const string Good = "0123456789abcdef";

    [Fact]
    public void Parse_comments_and_blank_lines_are_skipped()
    {
        var file = TokenFile.Parse($"# people\n\nread {Good}\r\n  operate\t{Good}-2  \n", "tokens");

        Assert.Equal(Role.Read, file.RoleOf(Good));
        Assert.Equal(Role.Operate, file.RoleOf($"{Good}-2"));
        Assert.Null(file.RoleOf($"{Good}-3"));
        Assert.Null(file.RoleOf(""));
    }

    [Theory]
    [InlineData("reed 0123456789abcdef", "tokens:2: role 'reed' is unknown; nearest 'read'")]
    [InlineData("read short", "tokens:2: a token has 16 to 512")]
    [InlineData("read", "tokens:2: expected a role and a token")]
    [InlineData("read 0123456789abcdef 0123456789abcdef", "tokens:2: expected a role and a token")]
    [InlineData("read 0123456789abcdefé", "tokens:2: a token has 16 to 512")]
    public void Parse_a_wrong_line_is_named_and_no_token_is_told(string line, string said)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => TokenFile.Parse($"operate {Good}\n{line}\n", "tokens"));

        Assert.StartsWith(said, mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    public void Parse_no_token_is_refused(string text) => Assert.Throws<UserMistakeException>(() => TokenFile.Parse(text, "tokens"));

    [Fact]
    public void Parse_one_token_with_two_roles_is_refused()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => TokenFile.Parse($"operate {Good}\nread {Good}\n", "tokens"));

        Assert.Contains("tokens:2: this token stands in an earlier line", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Load_a_file_that_others_can_read_is_refused_with_the_way_out()
    {
        using var folder = new TemporaryFolder();
        var path = folder.WriteSecret("tokens.txt", $"operate {Good}\n");
        Assert.Equal(Role.Operate, TokenFile.Load(path).RoleOf(Good));

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var mistake = Assert.Throws<UserMistakeException>(() => TokenFile.Load(path));
        Assert.Contains($"chmod 600 {path}", mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Good, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:8053")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://127.0.0.1:8053/path")]
    [InlineData("http://no-such-host.invalid:8053")]
    [InlineData("http://*:8053")]
    public void An_address_to_listen_at_that_is_none_is_refused(string address) => Assert.Throws<UserMistakeException>(() => ApiAddress.Parse(address));
}
