using PinnSweep.Studies.Annotations;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Tests.Annotations;

public sealed class AnnotationRulesTests
{
    [Fact]
    public void Tags_stand_once_and_in_order() => Assert.Equal(["2026", "draft-2", "paper:v1.0"], AnnotationRules.Tags(["paper:v1.0", "draft-2", "2026", "draft-2"]));

    [Theory]
    [InlineData("")]
    [InlineData("-dash")]
    [InlineData("two words")]
    [InlineData("späť")]
    [InlineData("a\u001b")]
    [InlineData("a,b")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void What_is_no_tag_is_refused(string tag) =>
        Assert.Contains("expected 1 to 40 letters", Assert.Throws<UserMistakeException>(() => AnnotationRules.Tags(["good", tag])).Message, StringComparison.Ordinal);

    [Fact]
    public void All_mistakes_of_tags_are_told_at_once_and_so_are_too_many()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => AnnotationRules.Tags([.. Enumerable.Range(1, 19).Select(i => $"t{i}"), "a b", "c d"]));

        Assert.Equal(["tag 'a b'", "tag 'c d'", "21 tags"], mistake.Message.Split('\n').Select(line => line.Split(':')[0]));
    }

    [Theory]
    [InlineData(" warm-up was too short ", "warm-up was too short")]
    [InlineData("<b>x</b> | 日本 🙂", "<b>x</b> | 日本 🙂")]
    public void A_note_is_kept_as_it_was_written(string text, string kept) => Assert.Equal(kept, AnnotationRules.Note(text));

    [Theory]
    [InlineData("", "note: is empty")]
    [InlineData("   ", "note: is empty")]
    [InlineData("two\nlines", "note: 'two·lines' has a line break")]
    [InlineData("a\u0000b", "another control character")]
    [InlineData("a\u009bb", "another control character")]
    public void What_is_no_note_is_refused(string text, string said) =>
        Assert.Contains(said, Assert.Throws<UserMistakeException>(() => AnnotationRules.Note(text)).Message, StringComparison.Ordinal);

    // The words of a theory cannot hold half a character.
    [Fact]
    public void Half_of_a_character_is_refused() => What_is_no_note_is_refused("half " + '\ud83d', "half of a character is missing");

    [Fact]
    public void A_note_has_an_end()
    {
        Assert.Equal(AnnotationRules.LongestNote, AnnotationRules.Note(new string('x', AnnotationRules.LongestNote)).Length);
        Assert.Contains("has 2001 letters; at most 2000", Assert.Throws<UserMistakeException>(() => AnnotationRules.Note(new string('x', AnnotationRules.LongestNote + 1))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("balancer", "expected FACTOR=LABEL")]
    [InlineData("balancr=static", "no factor is called so; nearest 'balancer'")]
    [InlineData("balancer=relo", "the study has no such balancer; nearest 'relobralo'; allowed: relobralo (τ = 1), relobralo")]
    public void A_level_that_the_study_does_not_have_is_refused(string words, string said) =>
        Assert.Contains(said, Assert.Throws<UserMistakeException>(() => AnnotationRules.Level(words, Labels)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_label_may_hold_a_sign() => Assert.Equal((Factor.Balancer, "relobralo (τ = 1)"), AnnotationRules.Level("balancer=relobralo (τ = 1)", Labels));

    private static IReadOnlyCollection<string> Labels(Factor factor) => factor == Factor.Balancer ? ["relobralo (τ = 1)", "relobralo"] : ["only"];
}
