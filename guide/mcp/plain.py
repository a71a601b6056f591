"""A result in a few lines of text, for the models that read no structured content."""

from catalog.money import display
from guide.mcp.shapes import Message, Product, ProductDetail, ProductList, ShopAnswer


def lines(result: ProductList | ProductDetail | ShopAnswer) -> str:
    """What the structured content says, in short."""
    if isinstance(result, ShopAnswer):
        return result.answer
    if isinstance(result, ProductDetail):
        shown = [*_detail(result.product)] if result.product else []
    else:
        shown = [_line(product) for product in result.products] or ["no product"]
    return "\n".join([*shown, *(_note(message) for message in result.messages)])


def _detail(product: Product) -> list[str]:
    stated = product.metadata.attributes if product.metadata else []
    facts = [f"{attribute.name}: {attribute.value}" for attribute in stated]
    forms = [f"- {variant.title} ({variant.id})" for variant in product.variants if variant.id != product.id]
    return [_line(product), product.description.plain, *facts, *forms]


def _line(product: Product) -> str:
    first = product.variants[0]
    price = display(first.price) if first.price else "no price"
    status = f", {first.availability.status}" if first.availability else ""
    stars = f", {product.rating.value:g}/5 ({product.rating.count})" if product.rating else ""
    return f"{product.title} ({product.id}): {price}{status}{stars}{f' {product.url}' if product.url else ''}"


def _note(message: Message) -> str:
    return f"[{message.type}] {message.code}: {message.content}"
