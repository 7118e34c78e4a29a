NAME        
ROWS
 N  NoObj   
 E  market_national
COLUMNS
    purchase_110000  market_national  1
    purchase_120000  market_national  1
    purchase_130000  market_national  1
    sale_110000  market_national  -1
    sale_120000  market_national  -1
    sale_130000  market_national  -1
RHS
ENDATA
